package io.aipanel.http;

import io.aipanel.domain.backup.BackupName;

/** A backup could not be restored. The panel that is served again is as it was. */
final class RestoreFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RestoreFailed(BackupName name, Throwable cause) {
        super("backup " + name + " could not be restored: " + cause.getMessage(), cause);
    }
}
