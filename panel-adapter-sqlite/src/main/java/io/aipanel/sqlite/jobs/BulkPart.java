package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.JobId;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * A part of many jobs. One more than wanted is looked for, because that tells whether any is left.
 *
 * @param items the jobs of this part
 * @param isLast whether there are no others after them
 */
record BulkPart<T>(List<T> items, boolean isLast) {

    static <T> BulkPart<T> of(List<T> found, int max) {
        return found.size() > max ? new BulkPart<>(found.subList(0, max), false) : new BulkPart<>(found, true);
    }

    static long start(Optional<JobId> after) {
        return after.map(JobId::value).orElse(0L);
    }

    static int limit(int max) {
        return Math.min(max, Integer.MAX_VALUE - 1) + 1;
    }

    /** The last job, to go on after; empty if there are no others. */
    Optional<JobId> last(ToLongFunction<T> id) {
        return isLast ? Optional.empty() : Optional.of(new JobId(id.applyAsLong(items.get(items.size() - 1))));
    }
}
