package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.storage.Effect;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.EffectLane;
import io.aipanel.sqlite.storage.StoreConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The way of jobs from {@code panel.db} to the queue. */
public final class JobLane implements EffectLane<Effect.Enqueue> {

    private final InstantSource clock;

    /** @param clock the store's clock */
    public JobLane(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String outbox() {
        return "job_outbox";
    }

    @Override
    public void add(StoreConnection panel, Effect.Enqueue effect) {
        NewJob job = effect.job();
        panel.prepared("""
                INSERT INTO job_outbox
                    (effect_id, run_at, type, queue, payload, priority, unique_key, max_attempts, first_delay, max_delay)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, statement -> {
            statement.setString(1, effect.id().toString());
            statement.setObject(2, Columns.of(job.runAt()));
            JobColumns.bind(statement, 3, job);
            return statement.executeUpdate();
        });
    }

    @Override
    public List<Waiting> waiting(StoreConnection panel, int max) {
        return panel.prepared("""
                SELECT seq, effect_id, run_at, type, queue, payload, priority, unique_key, max_attempts, first_delay,
                       max_delay
                FROM job_outbox WHERE failed_at IS NULL ORDER BY seq LIMIT ?
                """, statement -> {
            statement.setInt(1, max);
            List<Waiting> waiting = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    waiting.add(new Waiting(row.getLong("seq"), row.getString("effect_id"), delivery(row)));
                }
            }
            return waiting;
        });
    }

    /** A row that cannot be read is that row's failure, when its turn comes. */
    private Delivery delivery(ResultSet row) throws SQLException {
        try {
            NewJob job = JobColumns.readNew(row);
            return queue -> JobInsert.run(queue, List.of(job), clock.instant().truncatedTo(ChronoUnit.MICROS));
        } catch (IllegalArgumentException unreadable) {
            return queue -> {
                throw unreadable;
            };
        }
    }
}
