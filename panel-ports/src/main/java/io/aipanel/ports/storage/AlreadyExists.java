package io.aipanel.ports.storage;

import org.jspecify.annotations.Nullable;

/** Something with this identity is already there. Nothing was changed. */
public final class AlreadyExists extends StoreException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field which value is taken, in the spelling of the outside, for example {@code hostName}
     * @param message what is taken and by what
     * @param cause what the driver said; null if it was not the driver who noticed
     */
    public AlreadyExists(String field, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.field = field;
    }

    /** Which value is taken, for example {@code hostName}, {@code email} or {@code name}. */
    public String field() {
        return field;
    }
}
