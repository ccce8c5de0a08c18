package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.Schedule;
import io.aipanel.domain.jobs.ScheduleName;
import io.aipanel.ports.jobs.ScheduleRepository;
import io.aipanel.ports.storage.Storage.Topic;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreAccess;
import io.aipanel.sqlite.storage.StoreConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The schedules in {@code queue.db}. */
public final class SqliteScheduleRepository implements ScheduleRepository {

    private static final String COLUMNS = "name, cron, zone, next_run_at, last_run_at, last_job, " + NewJobColumns.ALL;

    private static final String INSERT = "INSERT INTO schedules (" + COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO ";

    private static final String REPLACE = INSERT + """
            UPDATE SET
                cron = excluded.cron, zone = excluded.zone, next_run_at = excluded.next_run_at,
                last_run_at = excluded.last_run_at, last_job = excluded.last_job, type = excluded.type,
                queue = excluded.queue, payload = excluded.payload, priority = excluded.priority,
                unique_key = excluded.unique_key, unique_for = excluded.unique_for,
                concurrency_key = excluded.concurrency_key, max_attempts = excluded.max_attempts,
                first_delay = excluded.first_delay, max_delay = excluded.max_delay""";

    private final StoreAccess queue;
    private final InstantSource clock;

    /**
     * @param queue how to reach {@code queue.db}
     * @param clock the store's clock
     */
    public SqliteScheduleRepository(StoreAccess queue, InstantSource clock) {
        this.queue = queue;
        this.clock = clock;
    }

    @Override
    public Instant now() {
        return queue.read(connection -> clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    @Override
    public List<Schedule> schedules() {
        return queue.read(connection -> {
            List<Schedule> schedules = new ArrayList<>();
            try (Rows row = connection.rows("SELECT " + COLUMNS + " FROM schedules ORDER BY name", statement -> {})) {
                while (row.next()) {
                    schedules.add(read(row));
                }
            }
            return List.copyOf(schedules);
        });
    }

    @Override
    public Optional<Schedule> schedule(ScheduleName name) {
        return queue.read(connection -> find(connection, name));
    }

    @Override
    public boolean add(Schedule schedule) {
        return queue.write(connection -> write(connection, INSERT + "NOTHING", schedule));
    }

    @Override
    public void put(Schedule schedule) {
        queue.write(connection -> write(connection, REPLACE, schedule));
    }

    @Override
    public boolean remove(ScheduleName name) {
        return queue.write(connection -> {
            connection.announce(Topic.SCHEDULES);
            return connection.change(
                            "DELETE FROM schedules WHERE name = ?", statement -> statement.setString(1, name.value()))
                    > 0;
        });
    }

    @Override
    public Optional<Enqueued> fire(ScheduleName name, Instant due, Optional<Instant> next) {
        return queue.write(connection -> find(connection, name)
                .filter(schedule -> schedule.nextRunAt().filter(due::equals).isPresent())
                .map(schedule -> fire(connection, schedule, next)));
    }

    private Enqueued fire(StoreConnection connection, Schedule schedule, Optional<Instant> next) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Enqueued enqueued =
                JobInsert.run(connection, List.of(schedule.job()), now).get(0);
        connection.change(
                "UPDATE schedules SET next_run_at = ?, last_run_at = ?, last_job = ? WHERE name = ?", statement -> {
                    statement.setObject(1, Columns.of(next));
                    statement.setLong(2, Columns.of(now));
                    statement.setLong(3, enqueued.id().value());
                    statement.setString(4, schedule.name().value());
                });
        return enqueued;
    }

    private static Optional<Schedule> find(StoreConnection connection, ScheduleName name) {
        try (Rows row = connection.rows(
                "SELECT " + COLUMNS + " FROM schedules WHERE name = ?",
                statement -> statement.setString(1, name.value()))) {
            return row.next() ? Optional.of(read(row)) : Optional.empty();
        }
    }

    private static boolean write(StoreConnection connection, String sql, Schedule schedule) {
        connection.announce(Topic.SCHEDULES);
        return connection.change(sql, statement -> {
                    statement.setString(1, schedule.name().value());
                    statement.setString(2, schedule.cron());
                    statement.setString(3, schedule.zone().getId());
                    statement.setObject(4, Columns.of(schedule.nextRunAt()));
                    statement.setObject(5, Columns.of(schedule.lastRunAt()));
                    statement.setObject(6, schedule.lastJob().map(JobId::value).orElse(null));
                    NewJobColumns.bind(statement, 7, schedule.job());
                })
                > 0;
    }

    private static Schedule read(Rows row) {
        ScheduleName name = new ScheduleName(row.text());
        String cron = row.text();
        ZoneId zone = ZoneId.of(row.text());
        Optional<Instant> nextRunAt = row.optionalTime();
        Optional<Instant> lastRunAt = row.optionalTime();
        Optional<JobId> lastJob = Optional.ofNullable(row.optionalNumber()).map(JobId::new);
        NewJob job = NewJobColumns.read(row, Optional.empty(), Optional.empty());
        return new Schedule(name, cron, zone, job, nextRunAt, lastRunAt, lastJob);
    }
}
