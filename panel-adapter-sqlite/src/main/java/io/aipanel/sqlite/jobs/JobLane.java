package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.storage.Effect;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.EffectLane;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
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
        panel.change(
                "INSERT INTO job_outbox (effect_id, run_at, delay, " + NewJobColumns.ALL
                        + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                statement -> {
                    statement.setString(1, effect.id().toString());
                    statement.setObject(2, Columns.of(job.runAt()));
                    statement.setObject(3, NewJobColumns.micros(job.delay()));
                    NewJobColumns.bind(statement, 4, job);
                });
    }

    @Override
    public List<Waiting> waiting(StoreConnection panel, int max) {
        List<Waiting> waiting = new ArrayList<>();
        try (Rows row = panel.rows(
                "SELECT seq, effect_id, run_at, delay, " + NewJobColumns.ALL
                        + " FROM job_outbox WHERE failed_at IS NULL ORDER BY seq LIMIT ?",
                statement -> statement.setInt(1, max))) {
            while (row.next()) {
                waiting.add(new Waiting(row.number(), row.text(), delivery(row)));
            }
        }
        return waiting;
    }

    /** A row that cannot be read is that row's failure, when its turn comes. */
    private Delivery delivery(Rows row) {
        try {
            NewJob job = NewJobColumns.read(row, row.optionalTime(), row.optionalDuration());
            return queue -> JobInsert.run(queue, List.of(job), clock.instant().truncatedTo(ChronoUnit.MICROS));
        } catch (IllegalArgumentException unreadable) {
            return queue -> {
                throw unreadable;
            };
        }
    }
}
