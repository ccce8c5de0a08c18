package io.aipanel.service.jobs;

/**
 * Does the work of one type of job. It runs at least once for each job: after a crash, or when its lease has ended, the
 * same job may come again, so the work must bear to be done twice. Several jobs run at once, so it must be safe for use
 * by many threads.
 */
@FunctionalInterface
public interface JobHandler {

    /**
     * Does the work. When it returns the job is completed; when it throws, the attempt has failed and the job is tried
     * again as its retry policy says.
     *
     * @param job the job, and what the handler may tell about it
     * @throws Exception if the work could not be done; its class and message are kept with the job
     */
    void run(RunningJob job) throws Exception;
}
