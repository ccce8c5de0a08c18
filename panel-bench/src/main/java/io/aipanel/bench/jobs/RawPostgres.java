package io.aipanel.bench.jobs;

import io.aipanel.bench.engine.Database;
import io.aipanel.bench.harness.Rate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The ceiling on PostgreSQL: connections that each enqueue a batch, claim one, and end it with a row of history; one
 * statement and one durable commit for each. No leases that end, no limits, no keys, nobody to wake.
 */
final class RawPostgres implements Peer {

    private static final int BATCH = 500;

    private static final String ENQUEUE = """
            INSERT INTO jobs (queue, type, payload, priority)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::integer[])
            """;

    private static final String CLAIM = """
            WITH next AS (
                SELECT id FROM jobs WHERE queue = 'raw' AND state = 'pending' AND run_at <= now()
                ORDER BY priority DESC, run_at, id LIMIT ? FOR UPDATE SKIP LOCKED)
            UPDATE jobs SET state = 'running', attempt = attempt + 1, token = token + 1, started_at = now(),
                lease_until = now() + interval '30 seconds'
            FROM next WHERE jobs.id = next.id
            RETURNING jobs.id, token, type, payload, attempt
            """;

    private static final String END = """
            WITH ended AS (
                DELETE FROM jobs USING unnest(?::bigint[], ?::bigint[]) AS done (id, token)
                WHERE jobs.id = done.id AND jobs.token = done.token
                RETURNING jobs.id, queue, type, payload, priority, attempt, created_at, run_at, started_at)
            INSERT INTO finished_jobs
            SELECT id, queue, type, payload, priority, 'completed', attempt, created_at, run_at, started_at, now()
            FROM ended
            """;

    private final int claimers;

    RawPostgres(int claimers) {
        this.claimers = claimers;
    }

    @Override
    public String name() {
        return QueueResults.RAW;
    }

    @Override
    public String settings() {
        return claimers + (claimers == 1 ? " connection" : " connections") + ", unnest, batches of " + BATCH;
    }

    @Override
    public Rate run(Database database, QueueSize size) throws Exception {
        createTables(database);
        live(database, size.warmUp());
        return live(database, size.jobs());
    }

    private static void createTables(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE jobs (
                        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, queue text COLLATE "C" NOT NULL,
                        type text COLLATE "C" NOT NULL, payload text NOT NULL, priority integer NOT NULL,
                        state text COLLATE "C" NOT NULL DEFAULT 'pending', attempt integer NOT NULL DEFAULT 0,
                        token bigint NOT NULL DEFAULT 0, created_at timestamptz NOT NULL DEFAULT now(),
                        run_at timestamptz NOT NULL DEFAULT now(), started_at timestamptz, lease_until timestamptz)
                    """);
            statement.execute(
                    "CREATE INDEX jobs_pending ON jobs (queue, priority DESC, run_at, id) WHERE state = 'pending'");
            statement.execute("""
                    CREATE TABLE finished_jobs (
                        id bigint PRIMARY KEY, queue text COLLATE "C" NOT NULL, type text COLLATE "C" NOT NULL,
                        payload text NOT NULL, priority integer NOT NULL, state text COLLATE "C" NOT NULL,
                        attempt integer NOT NULL, created_at timestamptz NOT NULL, run_at timestamptz NOT NULL,
                        started_at timestamptz, finished_at timestamptz NOT NULL)
                    """);
        }
    }

    private Rate live(Database database, int jobs) throws Exception {
        AtomicInteger toEnqueue = new AtomicInteger(jobs);
        AtomicInteger toEnd = new AtomicInteger(jobs);
        ExecutorService threads = Executors.newFixedThreadPool(claimers);
        long start = System.nanoTime();
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < claimers; i++) {
                running.add(threads.submit(() -> {
                    live(database, toEnqueue, toEnd);
                    return null;
                }));
            }
            for (Future<?> claimer : running) {
                claimer.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return new Rate(jobs, Duration.ofNanos(System.nanoTime() - start));
    }

    private static void live(Database database, AtomicInteger toEnqueue, AtomicInteger toEnd) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement enqueue = connection.prepareStatement(ENQUEUE);
                PreparedStatement claim = connection.prepareStatement(CLAIM);
                PreparedStatement end = connection.prepareStatement(END)) {
            while (toEnd.get() > 0) {
                int left = toEnqueue.getAndAdd(-BATCH);
                if (left > 0) {
                    enqueue(enqueue, Math.min(BATCH, left));
                }
                toEnd.addAndGet(-claimAndEnd(claim, end));
            }
        }
    }

    private static void enqueue(PreparedStatement enqueue, int number) throws SQLException {
        Object[] queues = new String[number];
        Object[] types = new String[number];
        Object[] payloads = new String[number];
        Object[] priorities = new Integer[number];
        Arrays.fill(queues, "raw");
        Arrays.fill(types, "life");
        Arrays.fill(payloads, "{\"file\": 42}");
        Arrays.fill(priorities, 0);
        setArray(enqueue, 1, "text", queues);
        setArray(enqueue, 2, "text", types);
        setArray(enqueue, 3, "text", payloads);
        setArray(enqueue, 4, "integer", priorities);
        enqueue.executeUpdate();
    }

    private static int claimAndEnd(PreparedStatement claim, PreparedStatement end) throws SQLException {
        List<Long> ids = new ArrayList<>();
        List<Long> tokens = new ArrayList<>();
        claim.setInt(1, BATCH);
        try (ResultSet jobs = claim.executeQuery()) {
            while (jobs.next()) {
                // A handler would want these.
                if (jobs.getString("payload").isEmpty()
                        || jobs.getString("type").isEmpty()) {
                    throw new IllegalStateException("the loop lost a payload");
                }
                ids.add(jobs.getLong("id"));
                tokens.add(jobs.getLong("token"));
            }
        }
        if (ids.isEmpty()) {
            return 0;
        }
        setArray(end, 1, "bigint", ids.toArray());
        setArray(end, 2, "bigint", tokens.toArray());
        if (end.executeUpdate() != ids.size()) {
            throw new IllegalStateException("the loop lost jobs");
        }
        return ids.size();
    }

    private static void setArray(PreparedStatement statement, int index, String type, Object[] values)
            throws SQLException {
        statement.setArray(index, statement.getConnection().createArrayOf(type, values));
    }
}
