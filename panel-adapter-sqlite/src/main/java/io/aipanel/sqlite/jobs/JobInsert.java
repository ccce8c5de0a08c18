package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.ports.storage.Storage.Topic;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds jobs within a transaction. It gives out the ids itself, as nobody else can meanwhile: to ask SQLite for each of them
 * would take as long as the insert.
 */
final class JobInsert {

    private final StoreConnection queue;
    private final Instant now;
    private final Lanes lanes;
    private final Map<String, ConcurrencyKeys> concurrencyKeys = new HashMap<>();
    private final Map<UniqueKeys.Key, JobId> added = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<UniqueKeys.Kept> kept = new ArrayList<>();
    private long lastId;

    private record Row(long id, long lane, long runAt, boolean held, NewJob job) {}

    private JobInsert(StoreConnection queue, Instant now) {
        this.queue = queue;
        this.now = now;
        this.lanes = new Lanes(queue);
        this.lastId = lastId(queue);
    }

    static List<Enqueued> run(StoreConnection queue, List<NewJob> jobs, Instant now) {
        JobInsert insert = new JobInsert(queue, now);
        List<Enqueued> answers = new ArrayList<>(jobs.size());
        for (NewJob job : jobs) {
            answers.add(insert.answer(job));
        }
        insert.write();
        queue.announce(Topic.JOBS);
        return answers;
    }

    private Enqueued answer(NewJob job) {
        if (job.uniqueKey().isEmpty()) {
            return new Enqueued(add(job), true);
        }
        UniqueKeys.Key key = new UniqueKeys.Key(
                job.queue().value(), job.type().value(), job.uniqueKey().get());
        Optional<JobId> holder = Optional.ofNullable(added.get(key)).or(() -> UniqueKeys.holder(queue, key, now));
        if (holder.isPresent()) {
            return new Enqueued(holder.get(), false);
        }
        JobId id = add(job);
        added.put(key, id);
        job.uniqueFor().ifPresent(period -> kept.add(new UniqueKeys.Kept(key, id.value(), now.plus(period))));
        return new Enqueued(id, true);
    }

    private JobId add(NewJob job) {
        lastId++;
        Instant runAt = job.runAt().orElseGet(() -> job.delay().map(now::plus).orElse(now));
        long lane = lanes.numberOf(new Lane(job.queue(), job.type(), job.priority()));
        rows.add(new Row(lastId, lane, Columns.of(runAt), isHeld(job, runAt), job));
        return new JobId(lastId);
    }

    /** One whose time has not come is not held: it would have to wait for others that come later but are due before it. */
    private boolean isHeld(NewJob job, Instant runAt) {
        return job.concurrencyKey().isPresent()
                && !runAt.isAfter(now)
                && concurrencyKeys
                        .computeIfAbsent(job.queue().value(), name -> ConcurrencyKeys.of(queue, name))
                        .isFull(job.concurrencyKey().get());
    }

    private void write() {
        queue.changeEach("""
                INSERT INTO jobs
                    (id, lane, created_at, run_at, held, type, queue, payload, priority, unique_key, concurrency_key,
                     max_attempts, first_delay, max_delay)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, rows, this::bind);
        UniqueKeys.keep(queue, kept);
    }

    private void bind(PreparedStatement statement, Row row) throws SQLException {
        statement.setLong(1, row.id());
        statement.setLong(2, row.lane());
        statement.setLong(3, Columns.of(now));
        statement.setLong(4, row.runAt());
        statement.setInt(5, row.held() ? 1 : 0);
        statement.setString(6, row.job().type().value());
        statement.setString(7, row.job().queue().value());
        statement.setString(8, row.job().payload().value());
        statement.setInt(9, row.job().priority());
        statement.setString(10, row.job().uniqueKey().orElse(null));
        statement.setString(11, row.job().concurrencyKey().orElse(null));
        NewJobColumns.bindRetry(statement, 12, row.job().retry());
    }

    /** The highest id that any job ever had. */
    private static long lastId(StoreConnection queue) {
        try (Rows row = queue.rows("SELECT seq FROM sqlite_sequence WHERE name = 'jobs'", statement -> {})) {
            return row.next() ? row.number() : 0;
        }
    }
}
