package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.PendingType;
import io.aipanel.domain.jobs.QueueCounts;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the pending and running jobs in their indexes; how many have ended is kept in mind. */
final class JobCounts {

    private static final String PENDING = """
            (SELECT count(*) FROM jobs WHERE lane = l.id AND state = 'pending' AND held = 0)""";

    private JobCounts() {}

    static List<QueueCounts> of(StoreConnection queue) {
        Map<QueueName, Map<JobState, Long>> counts = new TreeMap<>();
        try (Rows row = queue.rows("""
                SELECT queue, 'pending', sum(%s) FROM lanes l GROUP BY queue
                UNION ALL
                SELECT queue, 'pending', count(*) FROM jobs WHERE held = 1 GROUP BY queue
                UNION ALL
                SELECT queue, 'running',
                    sum((SELECT count(*) FROM jobs WHERE lane = l.id AND state = 'running')) FROM lanes l GROUP BY queue
                UNION ALL
                SELECT queue, state, jobs FROM tallies
                """.formatted(PENDING), statement -> {})) {
            while (row.next()) {
                QueueName name = new QueueName(row.text());
                JobState state = JobState.ofWireName(row.text());
                long number = row.number();
                if (number > 0) {
                    counts.computeIfAbsent(name, unseen -> new EnumMap<>(JobState.class))
                            .merge(state, number, Long::sum);
                }
            }
        }
        List<QueueCounts> answer = new ArrayList<>();
        counts.forEach((name, states) -> answer.add(new QueueCounts(name, states)));
        return answer;
    }

    static List<PendingType> pendingTypes(StoreConnection queue) {
        List<PendingType> types = new ArrayList<>();
        try (Rows row = queue.rows("""
                SELECT queue, type, sum(%s + coalesce(held.jobs, 0)) AS pending
                FROM lanes l
                LEFT JOIN (SELECT lane, count(*) AS jobs FROM jobs INDEXED BY jobs_held WHERE held = 1 GROUP BY lane) held ON held.lane = l.id
                GROUP BY queue, type HAVING pending > 0
                ORDER BY queue, type
                """.formatted(PENDING), statement -> {})) {
            while (row.next()) {
                types.add(new PendingType(new QueueName(row.text()), new JobType(row.text()), row.number()));
            }
        }
        return types;
    }
}
