package io.aipanel.service.iam;

/** The change would leave nobody who may administer the panel. Nothing was changed. */
public final class LastAdmin extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LastAdmin() {
        super("this is the last active admin: give somebody else the role admin first");
    }
}
