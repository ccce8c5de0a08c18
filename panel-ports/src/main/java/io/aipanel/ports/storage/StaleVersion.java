package io.aipanel.ports.storage;

/** Somebody else changed it since it was read. Nothing was changed: read it again and decide anew. */
public final class StaleVersion extends StoreException {

    private static final long serialVersionUID = 1L;

    private final long given;
    private final long present;

    /**
     * @param what what was to be changed, for example {@code site example.com}
     * @param given the version that the caller had seen
     * @param present the version that it has now
     */
    public StaleVersion(String what, long given, long present) {
        super(
                what + " was changed by somebody else (you have version " + given + ", it is at " + present
                        + "): read it again",
                null);
        this.given = given;
        this.present = present;
    }

    /** The version that the caller had seen. */
    public long given() {
        return given;
    }

    /** The version that it has now. */
    public long present() {
        return present;
    }
}
