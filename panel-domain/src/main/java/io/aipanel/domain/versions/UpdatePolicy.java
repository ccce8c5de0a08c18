package io.aipanel.domain.versions;

/** What is to happen when a component could be newer. */
public enum UpdatePolicy {
    /** It is updated without asking. */
    AUTOMATIC,
    /** Somebody is told and decides. */
    NOTIFY,
    /** It stays as it is. */
    HOLD
}
