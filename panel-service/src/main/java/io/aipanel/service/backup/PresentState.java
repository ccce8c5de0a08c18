package io.aipanel.service.backup;

import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.backup.BackupName;
import java.util.Optional;

/**
 * What was found in a storage before it is replaced.
 *
 * @param safety the backup that was made of it; empty if there was nothing, or it could not be read
 * @param unreadable why it could not be read; empty if it could
 * @param hasWholeLog whether its audit log is intact and has all of the backup's
 * @param checkpoint what was signed last; empty if that is not known
 */
record PresentState(
        Optional<BackupName> safety,
        Optional<String> unreadable,
        boolean hasWholeLog,
        Optional<SignedCheckpoint> checkpoint) {

    static final PresentState NOTHING = new PresentState(Optional.empty(), Optional.empty(), false, Optional.empty());

    static PresentState unreadable(RuntimeException why) {
        return new PresentState(
                Optional.empty(), Optional.of(String.valueOf(why.getMessage())), false, Optional.empty());
    }
}
