package io.aipanel.bench.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;

/** An empty database for one measurement; gone when it is closed. Safe for use by many threads. */
public interface Database extends AutoCloseable {

    /** The storage URL for a panel. */
    String panelUrl();

    /** A directory for other files, where the data is; gone with it. */
    Path files();

    /** What a panel's stores must tell of themselves to be durable, beside what the engine was checked for. */
    Map<String, String> durableStore();

    /**
     * Has the engine do what it would do sooner or later after much was written, so that it is not done while something
     * else is measured.
     *
     * @throws SQLException if the engine refuses
     */
    void settle() throws SQLException;

    /** For others: connections as durable as the panel's. */
    DataSource dataSource();

    /**
     * A connection of {@link #dataSource}; the caller closes it.
     *
     * @throws SQLException if the engine refuses
     */
    default Connection connect() throws SQLException {
        return dataSource().getConnection();
    }

    @Override
    void close() throws IOException, SQLException;
}
