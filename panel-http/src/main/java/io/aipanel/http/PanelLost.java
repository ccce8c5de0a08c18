package io.aipanel.http;

/** A panel was closed to restore a backup, and cannot be opened again. Its server is of no use any more. */
final class PanelLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param restored whether the backup was restored before */
    PanelLost(boolean restored, Throwable cause) {
        super(
                (restored ? "The backup was restored" : "The backup could not be restored")
                        + ", and the panel cannot be opened again. Its server ends; the log says why.",
                cause);
    }
}
