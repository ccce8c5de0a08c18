package io.aipanel.postgres.capacity;

import io.aipanel.domain.capacity.Histogram;
import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Series;
import io.aipanel.domain.capacity.Step;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdState;
import io.aipanel.domain.capacity.ThresholdStatus;
import io.aipanel.ports.capacity.CapacityRepository;
import io.aipanel.postgres.storage.AdvisoryLock;
import io.aipanel.postgres.storage.Database;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** {@link CapacityRepository} on the schema {@code panel}. */
public final class PostgresCapacityRepository implements CapacityRepository {

    private static final String SELECT =
            "SELECT series, step, at, source, count, min, sum, max, histogram FROM panel.capacity_samples ";

    private final Database database;

    /** @param database where the statements run */
    public PostgresCapacityRepository(Database database) {
        this.database = database;
    }

    @Override
    public void put(List<Sample> samples) {
        if (samples.isEmpty()) {
            return;
        }
        // In the order of the key, so that two who put the same ones never wait for each other.
        List<Sample> sorted = samples.stream()
                .sorted(Comparator.comparing(Sample::step)
                        .thenComparing(Sample::at)
                        .thenComparing(Sample::series)
                        .thenComparing(Sample::source))
                .toList();
        database.change(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                    INSERT INTO panel.capacity_samples (series, step, at, source, count, min, sum, max, histogram)
                    VALUES (:series, :step, :at, :source, :count, :min, :sum, :max, :histogram)
                    ON CONFLICT (step, at, series, source) DO UPDATE
                    SET count = excluded.count, min = excluded.min, sum = excluded.sum, max = excluded.max,
                        histogram = excluded.histogram
                    """);
            sorted.forEach(sample -> batch.bind("series", sample.series().wireName())
                    .bind("step", sample.step().wireName())
                    .bind("at", sample.at())
                    .bind("source", sample.source())
                    .bind("count", sample.count())
                    .bind("min", sample.min())
                    .bind("sum", sample.sum())
                    .bind("max", sample.max())
                    .bind(
                            "histogram",
                            sample.histogram().map(Histogram::toBytes).orElse(null))
                    .add());
            return batch.execute();
        });
    }

    @Override
    public Optional<Sample> sample(Series series, Step step, Instant at, String source) {
        return database.isShared()
                ? database.change(handle -> {
                    // There may be no row yet that others could wait for.
                    AdvisoryLock.CAPACITY.acquire(handle, source);
                    return find(handle, series, step, at, source);
                })
                : database.read(handle -> find(handle, series, step, at, source));
    }

    @Override
    public List<Sample> samples(Set<Series> series, Step step, Instant from, Instant to) {
        return database.read(handle -> handle.createQuery(SELECT + """
                        WHERE step = :step AND at >= :from AND at < :to AND series = ANY (:series)
                        ORDER BY at, series, source
                        """)
                .bind("step", step.wireName())
                .bind("from", from)
                .bind("to", to)
                .bindArray(
                        "series",
                        String.class,
                        series.stream().map(Series::wireName).toArray())
                .map((row, context) -> sample(row))
                .list());
    }

    @Override
    public Optional<Instant> oldest(Step step) {
        return time("SELECT at FROM panel.capacity_samples WHERE step = :step ORDER BY at LIMIT 1", step);
    }

    @Override
    public Optional<Instant> newest(Step step) {
        return time("SELECT at FROM panel.capacity_samples WHERE step = :step ORDER BY at DESC LIMIT 1", step);
    }

    @Override
    public int prune(Step step, Instant before, int max) {
        if (max < 1) {
            throw new IllegalArgumentException("max must be 1 or more");
        }
        return database.<Integer>change(handle -> handle.createUpdate("""
                        DELETE FROM panel.capacity_samples WHERE (step, at, series, source) IN (
                            SELECT step, at, series, source FROM panel.capacity_samples
                            WHERE step = :step AND at < :before
                            ORDER BY at LIMIT :max FOR UPDATE SKIP LOCKED)
                        """)
                .bind("step", step.wireName())
                .bind("before", before)
                .bind("max", max)
                .execute());
    }

    @Override
    public List<ThresholdStatus> states() {
        return database.read(handle -> handle
                .createQuery("SELECT threshold, state, since, notified_at FROM panel.capacity_states")
                .map((row, context) -> new ThresholdStatus(
                        Threshold.ofWireName(row.getString("threshold")),
                        ThresholdState.ofWireName(row.getString("state")),
                        Rows.time(row, "since"),
                        Rows.optionalTime(row, "notified_at")))
                .stream()
                .sorted(Comparator.comparing(ThresholdStatus::threshold))
                .toList());
    }

    @Override
    public boolean change(Optional<ThresholdStatus> expected, ThresholdStatus next) {
        next.requireToFollow(expected);
        return database.<Boolean>change(
                handle -> expected.map(before -> replace(handle, before, next)).orElseGet(() -> begin(handle, next)));
    }

    private static boolean begin(Handle handle, ThresholdStatus next) {
        return handle.createUpdate("""
                        INSERT INTO panel.capacity_states (threshold, state, since, notified_at)
                        VALUES (:threshold, :state, :since, :notifiedAt)
                        ON CONFLICT (threshold) DO NOTHING
                        """)
                        .bind("threshold", next.threshold().wireName())
                        .bind("state", next.state().wireName())
                        .bind("since", next.since())
                        .bind("notifiedAt", next.notifiedAt())
                        .execute()
                == 1;
    }

    private static boolean replace(Handle handle, ThresholdStatus before, ThresholdStatus next) {
        return handle.createUpdate("""
                        UPDATE panel.capacity_states SET state = :state, since = :since, notified_at = :notifiedAt
                        WHERE threshold = :threshold AND state = :before AND since = :beforeSince
                        """)
                        .bind("state", next.state().wireName())
                        .bind("since", next.since())
                        .bind("notifiedAt", next.notifiedAt())
                        .bind("threshold", before.threshold().wireName())
                        .bind("before", before.state().wireName())
                        .bind("beforeSince", before.since())
                        .execute()
                == 1;
    }

    private Optional<Instant> time(String sql, Step step) {
        return database.read(handle -> handle.createQuery(sql)
                .bind("step", step.wireName())
                .map((row, context) -> Rows.time(row, "at"))
                .findOne());
    }

    private static Optional<Sample> find(Handle handle, Series series, Step step, Instant at, String source) {
        return handle.createQuery(SELECT + "WHERE step = :step AND at = :at AND series = :series AND source = :source")
                .bind("step", step.wireName())
                .bind("at", at)
                .bind("series", series.wireName())
                .bind("source", source)
                .map((row, context) -> sample(row))
                .findOne();
    }

    private static Sample sample(ResultSet row) throws SQLException {
        return new Sample(
                Series.ofWireName(row.getString("series")),
                Step.ofWireName(row.getString("step")),
                Rows.time(row, "at"),
                row.getString("source"),
                row.getLong("count"),
                row.getDouble("min"),
                row.getDouble("sum"),
                row.getDouble("max"),
                Optional.ofNullable(row.getBytes("histogram")).map(Histogram::of));
    }
}
