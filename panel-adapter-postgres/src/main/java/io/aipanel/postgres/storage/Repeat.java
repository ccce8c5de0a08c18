package io.aipanel.postgres.storage;

/**
 * Thrown by statements of a {@link Database#change} that met a race which running all of them again settles. Never
 * leaves the adapter.
 */
public final class Repeat extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason what was in the way, in case it is in the way each time */
    public Repeat(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
