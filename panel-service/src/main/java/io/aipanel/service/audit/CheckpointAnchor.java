package io.aipanel.service.audit;

import io.aipanel.domain.audit.SignedCheckpoint;

/**
 * A place outside the panel where checkpoints are kept, so that whoever changes the log cannot change them, too. Asked by
 * one thread at a time.
 */
public interface CheckpointAnchor {

    /** Which place, for people: 1 to 512 bytes in UTF-8, without secrets. It never changes, and no other place has it. */
    String name();

    /**
     * Brings a checkpoint there. May be given the same one again. Closing the panel waits for it, so it should end within
     * seconds.
     *
     * @throws Exception if it did not get there; the message says why and holds no secret. It is tried again
     */
    void publish(SignedCheckpoint checkpoint) throws Exception;
}
