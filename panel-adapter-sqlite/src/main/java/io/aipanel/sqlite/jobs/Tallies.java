package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.JobState;
import io.aipanel.sqlite.storage.StoreConnection;
import java.util.Map;

/** How many finished jobs there are, and how many have ever ended, kept up to date by whoever adds or removes some. */
final class Tallies {

    private Tallies() {}

    /**
     * @param state in which state there are more or fewer now
     * @param lanes how many more, or fewer if negative, by lane
     */
    static void add(StoreConnection queue, JobState state, Map<Long, Integer> lanes) {
        queue.changeEach("""
                INSERT INTO tallies (queue, state, jobs, ended) SELECT queue, ?1, ?2, max(?2, 0) FROM lanes WHERE id = ?3
                ON CONFLICT (queue, state) DO UPDATE SET jobs = jobs + excluded.jobs, ended = ended + excluded.ended
                """, lanes.entrySet(), (statement, lane) -> {
            statement.setString(1, state.wireName());
            statement.setInt(2, lane.getValue());
            statement.setLong(3, lane.getKey());
        });
    }
}
