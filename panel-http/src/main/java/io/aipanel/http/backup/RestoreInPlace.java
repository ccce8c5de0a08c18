package io.aipanel.http.backup;

import io.aipanel.domain.backup.BackupName;
import io.aipanel.service.backup.Restored;
import io.aipanel.service.iam.Actor;

/** Restores a backup in the server that is asked for it, which goes on afterwards. */
@FunctionalInterface
public interface RestoreInPlace {

    /** A server of a panel that is not its own to close. */
    RestoreInPlace UNSUPPORTED = (actor, name) -> {
        throw new UnsupportedOperationException(
                "This server cannot close the panel that it serves: end the program and run panel backup restore "
                        + name);
    };

    /**
     * Closes the panel, restores a backup and opens the panel again. All other requests are refused meanwhile.
     *
     * @param actor who wants it, and may
     * @param name which backup; it is there
     * @return what was done
     * @throws io.aipanel.http.web.Restoring if another one is being restored
     * @throws UnsupportedOperationException if this server cannot do it
     * @throws RuntimeException if it failed; then the panel that is open again is as it was
     */
    Restored restore(Actor actor, BackupName name);
}
