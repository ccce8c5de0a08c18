package io.aipanel.service.backup;

/** Backups could not be brought to the second directory. Those in the first are as they were. */
public final class BackupNotCopied extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BackupNotCopied(String message, Throwable cause) {
        super(message, cause);
    }
}
