package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.Schedule;
import io.aipanel.domain.jobs.ScheduleName;
import io.aipanel.ports.jobs.ScheduleRepository;
import io.aipanel.ports.storage.Storage.Topic;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@link ScheduleRepository} on the schema {@code queue}. */
public final class PostgresScheduleRepository implements ScheduleRepository {

    private static final String SELECT = "SELECT name, cron, zone, " + StoredJob.COLUMNS
            + ", next_run_at, last_run_at, last_job FROM queue.schedules ";

    private static final String INSERT = "INSERT INTO queue.schedules (name, cron, zone, " + StoredJob.COLUMNS
            + ", next_run_at, last_run_at, last_job) VALUES (:name, :cron, :zone, " + StoredJob.PARAMETERS
            + ", :nextRunAt, :lastRunAt, :lastJob) ON CONFLICT (name) DO ";

    private final QueueStore store;

    /** @param store where the schedules are */
    public PostgresScheduleRepository(QueueStore store) {
        this.store = store;
    }

    @Override
    public Instant now() {
        return store.database()
                .read(handle -> handle.createQuery("SELECT statement_timestamp()")
                        .mapTo(OffsetDateTime.class)
                        .one()
                        .toInstant());
    }

    @Override
    public List<Schedule> schedules() {
        return store.database()
                .read(handle -> handle.createQuery(SELECT + "ORDER BY name")
                        .map((row, context) -> schedule(row))
                        .list());
    }

    @Override
    public Optional<Schedule> schedule(ScheduleName name) {
        return store.database()
                .read(handle -> handle.createQuery(SELECT + "WHERE name = :name")
                        .bind("name", name.value())
                        .map((row, context) -> schedule(row))
                        .findOne());
    }

    @Override
    public boolean add(Schedule schedule) {
        return tell(insert(schedule, "NOTHING") > 0);
    }

    @Override
    public void put(Schedule schedule) {
        tell(insert(schedule, """
                UPDATE SET cron = excluded.cron, zone = excluded.zone, type = excluded.type, queue = excluded.queue,
                    payload = excluded.payload, priority = excluded.priority, unique_key = excluded.unique_key,
                    unique_for = excluded.unique_for, concurrency_key = excluded.concurrency_key,
                    max_attempts = excluded.max_attempts, first_delay = excluded.first_delay,
                    max_delay = excluded.max_delay, next_run_at = excluded.next_run_at,
                    last_run_at = excluded.last_run_at, last_job = excluded.last_job
                """) > 0);
    }

    @Override
    public boolean remove(ScheduleName name) {
        return tell(store.database()
                .change(handle -> handle.createUpdate("DELETE FROM queue.schedules WHERE name = :name")
                                .bind("name", name.value())
                                .execute()
                        > 0));
    }

    @Override
    public Optional<Enqueued> fire(ScheduleName name, Instant due, Optional<Instant> next) {
        // Before the transaction that fires: a lane that is not committed yet would hold up others.
        schedule(name).ifPresent(schedule -> store.lanes().ensure(store.database(), List.of(schedule.job())));
        Optional<Enqueued> fired = store.database().change(handle -> fire(handle, name, due, next));
        if (fired.isPresent()) {
            store.news().accept(Topic.JOBS);
        }
        return fired;
    }

    /** Whoever locks the row first fires; the others then see that it is due at another time. */
    private Optional<Enqueued> fire(Handle handle, ScheduleName name, Instant due, Optional<Instant> next) {
        Optional<Schedule> schedule = handle.createQuery(
                        SELECT + "WHERE name = :name AND next_run_at = :due FOR UPDATE")
                .bind("name", name.value())
                .bind("due", due)
                .map((row, context) -> schedule(row))
                .findOne();
        return schedule.map(found -> {
            Enqueued job = Enqueueing.enqueue(handle, List.of(found.job())).get(0);
            handle.createUpdate("""
                            UPDATE queue.schedules
                            SET next_run_at = :next, last_run_at = statement_timestamp(), last_job = :job
                            WHERE name = :name
                            """)
                    .bind("next", next.map(at -> at.truncatedTo(ChronoUnit.MICROS)))
                    .bind("job", job.id().value())
                    .bind("name", name.value())
                    .execute();
            return job;
        });
    }

    private int insert(Schedule schedule, String onConflict) {
        return store.database()
                .change(handle -> StoredJob.bind(handle.createUpdate(INSERT + onConflict), schedule.job())
                        .bind("name", schedule.name().value())
                        .bind("cron", schedule.cron())
                        .bind("zone", schedule.zone().getId())
                        .bind("nextRunAt", schedule.nextRunAt())
                        .bind("lastRunAt", schedule.lastRunAt())
                        .bind("lastJob", schedule.lastJob().map(JobId::value))
                        .execute());
    }

    private boolean tell(boolean changed) {
        if (changed) {
            store.news().accept(Topic.SCHEDULES);
        }
        return changed;
    }

    private static Schedule schedule(ResultSet row) throws SQLException {
        long lastJob = row.getLong("last_job");
        Optional<JobId> last = row.wasNull() ? Optional.empty() : Optional.of(new JobId(lastJob));
        return new Schedule(
                new ScheduleName(row.getString("name")),
                row.getString("cron"),
                ZoneId.of(row.getString("zone")),
                StoredJob.job(row),
                Rows.optionalTime(row, "next_run_at"),
                Rows.optionalTime(row, "last_run_at"),
                last);
    }
}
