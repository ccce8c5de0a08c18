package io.aipanel.domain.iam;

/** Whether a user may log in. */
public enum UserStatus {
    /** May log in. */
    ACTIVE,
    /** Kept with all that belongs to the user, but may not log in. */
    DISABLED
}
