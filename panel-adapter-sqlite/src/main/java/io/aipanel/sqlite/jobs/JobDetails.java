package io.aipanel.sqlite.jobs;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.Progress;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.sqlite.storage.Rows;
import java.util.Optional;

/** What most jobs do not have. It stands last in every row, behind a column that tells whether there is any of it. */
record JobDetails(
        Optional<String> uniqueKey,
        Optional<String> concurrencyKey,
        Optional<RetryPolicy> retry,
        int earlierAttempts,
        Optional<String> lastError,
        Optional<JsonText> result,
        Optional<Progress> progress,
        boolean cancelRequested) {

    /** The columns of {@code jobs} that {@link #read} reads. */
    static final String OF_JOBS = """
            coalesce(unique_key, concurrency_key, max_attempts, last_error, progress_percent) IS NOT NULL
                OR earlier_attempts > 0 OR cancel_requested = 1,
            unique_key, concurrency_key, max_attempts, first_delay, max_delay, earlier_attempts, last_error, NULL,
            progress_percent, progress_text, cancel_requested""";

    /** The columns of {@code finished_jobs} that {@link #read} reads. */
    static final String OF_FINISHED_JOBS = """
            1, unique_key, concurrency_key, max_attempts, first_delay, max_delay, earlier_attempts, last_error, result,
            progress_percent, progress_text, cancel_requested""";

    private static final JobDetails NONE = new JobDetails(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false);

    static JobDetails read(Rows row) {
        return row.flag()
                ? new JobDetails(
                        row.optionalText(),
                        row.optionalText(),
                        retry(row),
                        row.integer(),
                        row.optionalText(),
                        row.optionalText().map(JsonText::new),
                        progress(row),
                        row.flag())
                : NONE;
    }

    /** Reads max_attempts, first_delay and max_delay, which are null together. */
    static Optional<RetryPolicy> retry(Rows row) {
        Long maxAttempts = row.optionalNumber();
        var firstDelay = row.duration();
        var maxDelay = row.duration();
        return maxAttempts == null
                ? Optional.empty()
                : Optional.of(new RetryPolicy(Math.toIntExact(maxAttempts), firstDelay, maxDelay));
    }

    private static Optional<Progress> progress(Rows row) {
        Long percent = row.optionalNumber();
        String text = row.text();
        return percent == null ? Optional.empty() : Optional.of(new Progress(Math.toIntExact(percent), text));
    }
}
