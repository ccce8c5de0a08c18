package io.aipanel.service.audit;

import io.aipanel.domain.audit.SignedCheckpoint;
import java.util.Optional;

/** The checkpoints that come with a log, one after the other by size. For one thread. */
interface LogCheckpoints {

    /**
     * The size of the next one; empty if there is none left, or none is known yet that is not larger than the log is as far
     * as it was read.
     *
     * @throws io.aipanel.ports.storage.StoreCorrupt if they do not come by size
     */
    Optional<Long> nextSize();

    /** Takes the next one. */
    SignedCheckpoint take();

    /** The largest one that is known; empty if there is none. */
    Optional<SignedCheckpoint> latest();
}
