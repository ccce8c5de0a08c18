package io.aipanel.domain.audit;

/** How an action ended. */
public enum AuditOutcome {
    /** It was done. */
    SUCCESS,
    /** It was not allowed. */
    REFUSED,
    /** It was tried and failed. */
    FAILURE
}
