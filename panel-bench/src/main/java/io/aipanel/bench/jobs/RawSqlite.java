package io.aipanel.bench.jobs;

import io.aipanel.bench.engine.Database;
import io.aipanel.bench.harness.Rate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.StringJoiner;

/**
 * The ceiling on SQLite: one connection, one loop that enqueues a batch, claims it, and ends it with a row of history; one
 * statement and one durable commit for each. No leases that end, no limits, no keys, nobody else.
 */
final class RawSqlite implements Peer {

    private static final String ENQUEUE = """
            INSERT INTO jobs (queue, type, payload, priority, created_at, run_at)
            SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, ?2, ?2 FROM json_each(?1)
            """;

    private static final String CLAIM = """
            UPDATE jobs SET state = 'running', attempt = attempt + 1, token = token + 1, started_at = ?1, lease_until = ?2
            WHERE id IN (
                SELECT id FROM jobs WHERE queue = 'raw' AND state = 'pending' AND run_at <= ?1
                ORDER BY priority DESC, run_at, id LIMIT ?3)
            RETURNING id, token, type, payload, attempt
            """;

    private static final String KEEP = """
            INSERT INTO finished_jobs
            SELECT jobs.id, queue, jobs.type, payload, priority, 'completed', attempt, created_at, run_at, started_at, ?2
            FROM json_each(?1) AS ended JOIN jobs ON jobs.id = ended.value ->> 0 AND jobs.token = ended.value ->> 1
            """;

    private static final String REMOVE = """
            DELETE FROM jobs WHERE id IN (
                SELECT jobs.id FROM json_each(?1) AS ended
                JOIN jobs ON jobs.id = ended.value ->> 0 AND jobs.token = ended.value ->> 1)
            """;

    private static final long LEASE_MICROS = 30_000_000;

    private final int batch;

    RawSqlite(int batch) {
        this.batch = batch;
    }

    @Override
    public String name() {
        return QueueResults.RAW;
    }

    @Override
    public String settings() {
        return "one connection, json_each, batches of " + batch;
    }

    @Override
    public Rate run(Database database, QueueSize size) throws SQLException {
        try (Connection connection = database.connect()) {
            createTables(connection);
            connection.setAutoCommit(false);
            live(connection, size.warmUp());
            return live(connection, size.jobs());
        }
    }

    private static void createTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE jobs (
                        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, type TEXT NOT NULL,
                        payload TEXT NOT NULL, priority INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'pending',
                        attempt INTEGER NOT NULL DEFAULT 0, token INTEGER NOT NULL DEFAULT 0,
                        created_at INTEGER NOT NULL, run_at INTEGER NOT NULL, started_at INTEGER, lease_until INTEGER
                    ) STRICT
                    """);
            statement.execute(
                    "CREATE INDEX jobs_pending ON jobs (queue, priority DESC, run_at, id) WHERE state = 'pending'");
            statement.execute("""
                    CREATE TABLE finished_jobs (
                        id INTEGER NOT NULL PRIMARY KEY, queue TEXT NOT NULL, type TEXT NOT NULL, payload TEXT NOT NULL,
                        priority INTEGER NOT NULL, state TEXT NOT NULL, attempt INTEGER NOT NULL,
                        created_at INTEGER NOT NULL, run_at INTEGER NOT NULL, started_at INTEGER,
                        finished_at INTEGER NOT NULL
                    ) STRICT
                    """);
        }
    }

    private Rate live(Connection connection, int jobs) throws SQLException {
        long start = System.nanoTime();
        try (PreparedStatement enqueue = connection.prepareStatement(ENQUEUE);
                PreparedStatement claim = connection.prepareStatement(CLAIM);
                PreparedStatement keep = connection.prepareStatement(KEEP);
                PreparedStatement remove = connection.prepareStatement(REMOVE)) {
            for (int done = 0; done < jobs; done += batch) {
                int number = Math.min(batch, jobs - done);
                enqueue.setString(1, newJobs(number));
                enqueue.setLong(2, now());
                enqueue.executeUpdate();
                connection.commit();

                String claimed = claim(claim, number);
                connection.commit();

                keep.setString(1, claimed);
                keep.setLong(2, now());
                remove.setString(1, claimed);
                if (keep.executeUpdate() != number || remove.executeUpdate() != number) {
                    throw new IllegalStateException("the loop lost jobs");
                }
                connection.commit();
            }
        }
        return new Rate(jobs, Duration.ofNanos(System.nanoTime() - start));
    }

    private static String newJobs(int number) {
        StringJoiner array = new StringJoiner(",", "[", "]");
        for (int i = 0; i < number; i++) {
            array.add("[\"raw\",\"life\",\"{\\\"file\\\": 42}\",0]");
        }
        return array.toString();
    }

    private static String claim(PreparedStatement claim, int number) throws SQLException {
        long now = now();
        claim.setLong(1, now);
        claim.setLong(2, now + LEASE_MICROS);
        claim.setInt(3, number);
        StringJoiner array = new StringJoiner(",", "[", "]");
        try (ResultSet jobs = claim.executeQuery()) {
            while (jobs.next()) {
                // A handler would want these.
                if (jobs.getString("payload").isEmpty()
                        || jobs.getString("type").isEmpty()) {
                    throw new IllegalStateException("the loop lost a payload");
                }
                array.add("[" + jobs.getLong("id") + "," + jobs.getLong("token") + "]");
            }
        }
        return array.toString();
    }

    private static long now() {
        return System.currentTimeMillis() * 1000;
    }
}
