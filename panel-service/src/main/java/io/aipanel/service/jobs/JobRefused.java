package io.aipanel.service.jobs;

/** A job cannot be changed as somebody wished, because of the state it is in. Nothing was changed. */
public final class JobRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JobRefused(String message) {
        super(message);
    }
}
