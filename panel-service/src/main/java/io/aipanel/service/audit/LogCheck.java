package io.aipanel.service.audit;

import io.aipanel.ports.storage.Storage;
import java.util.Optional;

/** Checks the log of a storage that is not the panel's own, such as one that was restored to be tried out. */
public final class LogCheck {

    private LogCheck() {}

    /**
     * Checks the whole log; see {@link AuditLog#verify}.
     *
     * @param storage whose log
     * @param evidence what else it is compared with
     */
    public static Verification of(Storage storage, Evidence evidence) {
        return new LogVerifier(() -> new StoredLog(storage.audit(), storage.checkpoints()), LogProgress.NONE)
                .verify(evidence, Optional.empty());
    }
}
