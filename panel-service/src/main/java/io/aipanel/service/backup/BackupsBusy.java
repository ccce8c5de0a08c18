package io.aipanel.service.backup;

/** Somebody else is making, checking or removing a backup in the same directory. Nothing was changed. */
public final class BackupsBusy extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BackupsBusy(String message) {
        super(message);
    }
}
