package io.aipanel.service.backup;

/** Hears how far a backup is, on the thread that makes it. */
@FunctionalInterface
public interface CreateProgress {

    /** Nobody listens. */
    CreateProgress NONE = (what, done, all) -> {};

    /**
     * A part was done.
     *
     * @param what what is being done, for people, for example {@code copying audit.db}
     * @param done how many bytes of it are done, about
     * @param all how many there are, about
     */
    void told(String what, long done, long all);
}
