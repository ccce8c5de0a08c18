package io.aipanel.sqlite.capacity;

import io.aipanel.domain.Timestamps;
import io.aipanel.domain.capacity.Histogram;
import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Series;
import io.aipanel.domain.capacity.Step;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdState;
import io.aipanel.domain.capacity.ThresholdStatus;
import io.aipanel.ports.capacity.CapacityRepository;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreAccess;
import io.aipanel.sqlite.storage.StoreConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Samples and states in {@code panel.db}. */
public final class SqliteCapacityRepository implements CapacityRepository {

    private static final String SELECT =
            "SELECT series, step, at, source, count, min, sum, max, histogram FROM capacity_samples ";

    private final StoreAccess panel;

    /** @param panel how to reach {@code panel.db} */
    public SqliteCapacityRepository(StoreAccess panel) {
        this.panel = panel;
    }

    @Override
    public void put(List<Sample> samples) {
        panel.write(connection -> {
            connection.changeEach("""
                    INSERT INTO capacity_samples (series, step, at, source, count, min, sum, max, histogram)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (step, at, series, source) DO UPDATE
                    SET count = excluded.count, min = excluded.min, sum = excluded.sum, max = excluded.max,
                        histogram = excluded.histogram
                    """, samples, (statement, sample) -> {
                statement.setString(1, sample.series().wireName());
                statement.setString(2, sample.step().wireName());
                statement.setLong(3, Columns.of(sample.at()));
                statement.setString(4, sample.source());
                statement.setLong(5, sample.count());
                statement.setDouble(6, sample.min());
                statement.setDouble(7, sample.sum());
                statement.setDouble(8, sample.max());
                statement.setBytes(9, sample.histogram().map(Histogram::toBytes).orElse(null));
            });
            return samples;
        });
    }

    @Override
    public Optional<Sample> sample(Series series, Step step, Instant at, String source) {
        return panel.read(connection -> {
            try (Rows rows =
                    connection.rows(SELECT + "WHERE step = ? AND at = ? AND series = ? AND source = ?", statement -> {
                        statement.setString(1, step.wireName());
                        statement.setLong(2, Columns.of(at));
                        statement.setString(3, series.wireName());
                        statement.setString(4, source);
                    })) {
                return rows.next() ? Optional.of(sample(rows)) : Optional.empty();
            }
        });
    }

    @Override
    public List<Sample> samples(Set<Series> series, Step step, Instant from, Instant to) {
        Set<String> names = series.stream().map(Series::wireName).collect(Collectors.toSet());
        return panel.read(connection -> {
            List<Sample> samples = new ArrayList<>();
            try (Rows rows = connection.rows(
                    SELECT + "WHERE step = ? AND at >= ? AND at < ? ORDER BY at, series, source", statement -> {
                        statement.setString(1, step.wireName());
                        statement.setLong(2, Columns.of(from));
                        statement.setLong(3, Columns.of(to));
                    })) {
                while (rows.next()) {
                    String name = rows.text();
                    if (names.contains(name)) {
                        samples.add(sample(name, rows));
                    }
                }
            }
            return samples;
        });
    }

    @Override
    public Optional<Instant> oldest(Step step) {
        return time("SELECT at FROM capacity_samples WHERE step = ? ORDER BY at LIMIT 1", step);
    }

    @Override
    public Optional<Instant> newest(Step step) {
        return time("SELECT at FROM capacity_samples WHERE step = ? ORDER BY at DESC LIMIT 1", step);
    }

    @Override
    public int prune(Step step, Instant before, int max) {
        if (max < 1) {
            throw new IllegalArgumentException("max must be 1 or more");
        }
        return panel.<Integer>write(connection -> connection.change("""
                DELETE FROM capacity_samples WHERE (step, at, series, source) IN (
                    SELECT step, at, series, source FROM capacity_samples WHERE step = ? AND at < ? ORDER BY at LIMIT ?)
                """, statement -> {
            statement.setString(1, step.wireName());
            statement.setLong(2, Columns.of(before));
            statement.setInt(3, max);
        }));
    }

    @Override
    public List<ThresholdStatus> states() {
        return panel.read(connection -> {
            List<ThresholdStatus> states = new ArrayList<>();
            try (Rows rows = connection.rows(
                    "SELECT threshold, state, since, notified_at FROM capacity_states", statement -> {})) {
                while (rows.next()) {
                    states.add(new ThresholdStatus(
                            Threshold.ofWireName(rows.text()),
                            ThresholdState.ofWireName(rows.text()),
                            rows.time(),
                            rows.optionalTime()));
                }
            }
            states.sort(Comparator.comparing(ThresholdStatus::threshold));
            return states;
        });
    }

    @Override
    public boolean change(Optional<ThresholdStatus> expected, ThresholdStatus next) {
        next.requireToFollow(expected);
        return panel.<Boolean>write(connection ->
                expected.map(before -> replace(connection, before, next)).orElseGet(() -> begin(connection, next)));
    }

    private static boolean begin(StoreConnection connection, ThresholdStatus next) {
        return connection.change("""
                INSERT INTO capacity_states (threshold, state, since, notified_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (threshold) DO NOTHING
                """, statement -> {
                    statement.setString(1, next.threshold().wireName());
                    statement.setString(2, next.state().wireName());
                    statement.setLong(3, Columns.of(next.since()));
                    statement.setObject(4, Columns.of(next.notifiedAt()));
                })
                == 1;
    }

    private static boolean replace(StoreConnection connection, ThresholdStatus before, ThresholdStatus next) {
        return connection.change("""
                UPDATE capacity_states SET state = ?, since = ?, notified_at = ?
                WHERE threshold = ? AND state = ? AND since = ?
                """, statement -> {
                    statement.setString(1, next.state().wireName());
                    statement.setLong(2, Columns.of(next.since()));
                    statement.setObject(3, Columns.of(next.notifiedAt()));
                    statement.setString(4, before.threshold().wireName());
                    statement.setString(5, before.state().wireName());
                    statement.setLong(6, Columns.of(before.since()));
                })
                == 1;
    }

    private Optional<Instant> time(String sql, Step step) {
        return panel.read(connection -> {
            try (Rows rows = connection.rows(sql, statement -> statement.setString(1, step.wireName()))) {
                return rows.next() ? Optional.of(Timestamps.ofEpochMicros(rows.number())) : Optional.empty();
            }
        });
    }

    private static Sample sample(Rows rows) {
        return sample(rows.text(), rows);
    }

    private static Sample sample(String series, Rows rows) {
        return new Sample(
                Series.ofWireName(series),
                Step.ofWireName(rows.text()),
                rows.time(),
                rows.text(),
                rows.number(),
                rows.real(),
                rows.real(),
                rows.real(),
                rows.optionalBytes().map(Histogram::of));
    }
}
