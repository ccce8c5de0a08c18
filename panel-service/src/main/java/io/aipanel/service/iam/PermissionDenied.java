package io.aipanel.service.iam;

/** The actor may not do this. The refusal is in the audit log; nothing was changed. */
public final class PermissionDenied extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what is missing, for example {@code this needs the permission users:write}
     */
    public PermissionDenied(String message) {
        super(message);
    }
}
