package io.aipanel.bench.engine;

import java.io.IOException;
import java.sql.SQLException;

/**
 * An engine that is ready to be measured, and whose durability was checked. What it keeps is in a temporary directory that
 * goes when it is closed, or when the process is asked to end before. Safe for use by many threads.
 */
public interface Engine extends AutoCloseable {

    /**
     * Starts an engine.
     *
     * @throws IOException if there is no room for it, or it does not start
     * @throws SQLException if it does not answer, or what it acknowledges is not durable
     */
    static Engine start(EngineName name) throws IOException, SQLException {
        return switch (name) {
            case SQLITE -> SqliteEngine.start();
            case POSTGRES -> PostgresEngine.start();
        };
    }

    /** Which engine it is. */
    EngineName name();

    /** Its name and version, for people. */
    String version();

    /** What was found to be set for durable commits. */
    String durability();

    /**
     * Makes an empty database that nobody else uses.
     *
     * @throws IOException if there is no room for it
     * @throws SQLException if the engine refuses
     */
    Database newDatabase() throws IOException, SQLException;

    @Override
    void close() throws IOException;
}
