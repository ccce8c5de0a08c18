package io.aipanel.sqlite.storage;

import io.aipanel.domain.Timestamps;
import io.aipanel.sqlite.storage.StoreConnection.StatementFailure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, and of the present row one column after the other, in the order in which the query names them. A
 * column that nobody asks for costs nothing.
 */
public final class Rows implements AutoCloseable {

    private final ResultSet rows;
    private final Runnable afterwards;
    private int column;

    Rows(ResultSet rows, Runnable afterwards) {
        this.rows = rows;
        this.afterwards = afterwards;
    }

    /** Goes to the first column of the next row; false if there is none. */
    public boolean next() {
        try {
            column = 0;
            return rows.next();
        } catch (SQLException e) {
            throw new StatementFailure(e);
        }
    }

    /** The next column, a number. */
    public long number() {
        try {
            return rows.getLong(++column);
        } catch (SQLException e) {
            throw new StatementFailure(e);
        }
    }

    /** The next column, a number that fits. */
    public int integer() {
        return Math.toIntExact(number());
    }

    /** The next column, a number that may be null. */
    public @Nullable Long optionalNumber() {
        try {
            long number = rows.getLong(++column);
            return rows.wasNull() ? null : number;
        } catch (SQLException e) {
            throw new StatementFailure(e);
        }
    }

    /** The next column, 0 or 1. */
    public boolean flag() {
        return number() != 0;
    }

    /** The next column, a text. */
    public String text() {
        try {
            return rows.getString(++column);
        } catch (SQLException e) {
            throw new StatementFailure(e);
        }
    }

    /** The next column, a text that may be null. */
    public Optional<String> optionalText() {
        return Optional.ofNullable(text());
    }

    /** The next column, a number that need not be whole. */
    public double real() {
        try {
            return rows.getDouble(++column);
        } catch (SQLException e) {
            throw new StatementFailure(e);
        }
    }

    /** The next column, bytes that may be null. */
    public Optional<byte[]> optionalBytes() {
        try {
            return Optional.ofNullable(rows.getBytes(++column));
        } catch (SQLException e) {
            throw new StatementFailure(e);
        }
    }

    /** The next column, a time. */
    public Instant time() {
        return Timestamps.ofEpochMicros(number());
    }

    /** The next column, a time that may be null. */
    public Optional<Instant> optionalTime() {
        return Optional.ofNullable(optionalNumber()).map(Timestamps::ofEpochMicros);
    }

    /** The next column, a length of time. */
    public Duration duration() {
        return Duration.of(number(), ChronoUnit.MICROS);
    }

    /** The next column, a length of time that may be null. */
    public Optional<Duration> optionalDuration() {
        return Optional.ofNullable(optionalNumber()).map(micros -> Duration.of(micros, ChronoUnit.MICROS));
    }

    @Override
    public void close() {
        try {
            rows.close();
        } catch (SQLException e) {
            throw new StatementFailure(e);
        } finally {
            afterwards.run();
        }
    }
}
