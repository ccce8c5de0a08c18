package io.aipanel.bench.jobs;

import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/**
 * A job of JobRunr that does nothing. JobRunr writes it as JSON, which is why it is public and has something in it.
 *
 * @param file what the other jobs have as payload, too
 */
public record JobRunrRequest(int file) implements JobRequest {

    @Override
    public Class<? extends JobRequestHandler<JobRunrRequest>> getJobRequestHandler() {
        return Handler.class;
    }

    /** Tells that a job was handled. JobRunr asks for one by its class. */
    public static final class Handler implements JobRequestHandler<JobRunrRequest> {

        private final Runnable handled;

        Handler(Runnable handled) {
            this.handled = handled;
        }

        @Override
        public void run(JobRunrRequest request) {
            handled.run();
        }
    }
}
