package io.aipanel.service.backup;

import org.jspecify.annotations.Nullable;

/** A backup could not be made, read or removed. Backups that were there before are as they were. */
public final class BackupFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BackupFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
