package io.aipanel.service.jobs;

import io.aipanel.domain.jobs.JobError;

/** Makes of what was thrown what is kept of it. */
final class Errors {

    /** The frames of one exception that are kept: those nearest to the failure say the most. */
    private static final int FRAMES = 20;

    /** How far the chain of causes is followed, which may be a ring. */
    private static final int CAUSES = 5;

    private Errors() {}

    static JobError of(Throwable thrown) {
        return new JobError(thrown.getClass().getName(), message(thrown), trace(thrown));
    }

    /** An exception may compute its message, and fail at it. */
    private static String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? "" : message;
        } catch (RuntimeException | StackOverflowError e) {
            return "(its message could not be had)";
        }
    }

    private static String trace(Throwable thrown) {
        StringBuilder trace = new StringBuilder();
        Throwable at = thrown;
        for (int depth = 0; at != null && depth < CAUSES; depth++) {
            trace.append(depth == 0 ? "" : "caused by ").append(at.getClass().getName());
            if (depth > 0) {
                trace.append(": ").append(message(at));
            }
            trace.append('\n');
            StackTraceElement[] frames = at.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                trace.append("  at ").append(frames[i]).append('\n');
            }
            if (frames.length > FRAMES) {
                trace.append("  … ").append(frames.length - FRAMES).append(" more\n");
            }
            at = at.getCause();
        }
        return trace.toString();
    }
}
