package io.aipanel.sqlite.storage;

import io.aipanel.domain.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How values stand in columns: times and durations as microseconds, what is absent as null. */
public final class Columns {

    private Columns() {}

    /** A time. */
    public static long of(Instant time) {
        return Timestamps.toEpochMicros(time);
    }

    /** A time that may be absent. */
    public static @Nullable Long of(Optional<Instant> time) {
        return time.map(Timestamps::toEpochMicros).orElse(null);
    }

    /** A length of time. */
    public static long of(Duration duration) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.EPOCH.plus(duration));
    }

    /** The time in a column. */
    public static Instant time(ResultSet row, String column) throws SQLException {
        return Timestamps.ofEpochMicros(row.getLong(column));
    }

    /** The time in a column that may be null. */
    public static Optional<Instant> optionalTime(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Timestamps.ofEpochMicros(micros));
    }

    /** The text in a column that may be null. */
    public static Optional<String> optionalText(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    /** The length of time in a column. */
    public static Duration duration(ResultSet row, String column) throws SQLException {
        return Duration.of(row.getLong(column), ChronoUnit.MICROS);
    }
}
