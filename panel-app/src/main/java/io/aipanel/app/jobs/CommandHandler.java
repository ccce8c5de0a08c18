package io.aipanel.app.jobs;

import io.aipanel.app.outgoing.OutputLines;
import io.aipanel.app.outgoing.Program;
import io.aipanel.app.outgoing.ProgramFailed;
import io.aipanel.service.jobs.JobHandler;
import io.aipanel.service.jobs.RunningJob;
import java.io.IOException;
import java.util.Map;

/**
 * Handles jobs by running a program: the payload is its standard input, what it writes goes to the job's log, its exit code
 * is the result. One that is to stop is ended with everything it has started.
 */
final class CommandHandler implements JobHandler {

    private final Program program;

    CommandHandler(Program program) {
        this.program = program;
    }

    @Override
    public void run(RunningJob job) throws ProgramFailed, IOException, InterruptedException {
        OutputLines lines = new OutputLines(job::log);
        program.runWell(job.payload(), variables(job), lines, job::shouldStop);
        job.result("{\"exitCode\": 0}");
    }

    private static Map<String, String> variables(RunningJob job) {
        return Map.of(
                "PANEL_JOB_ID",
                job.job().id().toString(),
                "PANEL_JOB_TYPE",
                job.job().type().value(),
                "PANEL_JOB_ATTEMPT",
                Integer.toString(job.attempt()));
    }
}
