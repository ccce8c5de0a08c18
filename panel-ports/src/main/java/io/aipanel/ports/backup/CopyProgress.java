package io.aipanel.ports.backup;

/**
 * Hears how far a copy is, on the thread that copies. Whoever wants it to be slower may take their time; to
 * end it, throw. How soon it ends then is the engine's: at the latest when it would have been finished.
 */
@FunctionalInterface
public interface CopyProgress {

    /**
     * A part was copied.
     *
     * @param done how many bytes are copied, about
     * @param all how many there are, about
     */
    void copied(long done, long all);
}
