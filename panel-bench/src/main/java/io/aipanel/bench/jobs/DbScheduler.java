package io.aipanel.bench.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import io.aipanel.bench.engine.Database;
import io.aipanel.bench.harness.Rate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * db-scheduler on PostgreSQL, locking and fetching in one statement, which is its fastest way. It removes what is done and
 * keeps no history. Its window is that of scheduling everything in lists plus that of working it off, from the first
 * execution on, so that its waiting for the next poll does not count.
 */
final class DbScheduler implements Peer {

    private static final int CONNECTIONS_BESIDE_THREADS = 4;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration STALLED = Duration.ofSeconds(60);
    private static final long LOOK_EVERY_MILLIS = 2;

    private final int threads;
    private final double fetchUpTo;

    /**
     * A way to set it.
     *
     * @param threads how many executions run at once
     * @param fetchUpTo how many times as many it locks at once; it fetches again when there are fewer than threads
     */
    DbScheduler(int threads, double fetchUpTo) {
        this.threads = threads;
        this.fetchUpTo = fetchUpTo;
    }

    @Override
    public String name() {
        return QueueResults.DB_SCHEDULER;
    }

    @Override
    public String settings() {
        return threads + " threads, lock and fetch up to " + fetchUpTo + " times as many";
    }

    @Override
    public Rate run(Database database, QueueSize size) throws Exception {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setDataSource(database.dataSource());
            pool.setMaximumPoolSize(threads + CONNECTIONS_BESIDE_THREADS);
            createTable(pool);
            if (size.peerWarmUp() > 0) {
                live(pool, size.peerWarmUp());
            }
            return live(pool, size.peerJobs());
        }
    }

    /** What its documentation asks for, for those who use no priorities. */
    private static void createTable(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE scheduled_tasks (
                        task_name text NOT NULL, task_instance text NOT NULL, task_data bytea,
                        execution_time timestamptz, picked boolean NOT NULL, picked_by text, last_success timestamptz,
                        last_failure timestamptz, consecutive_failures integer, last_heartbeat timestamptz,
                        version bigint NOT NULL, priority smallint, state text, PRIMARY KEY (task_name, task_instance))
                    """);
            statement.execute("CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time)");
            statement.execute("CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat)");
        }
    }

    private Rate live(HikariDataSource pool, int jobs) throws SQLException, InterruptedException {
        Countdown countdown = new Countdown(jobs);
        OneTimeTask<Void> task = Tasks.oneTime("life").execute((instance, context) -> countdown.handled());
        Scheduler scheduler = Scheduler.create(pool, task)
                .threads(threads)
                .pollUsingLockAndFetch(1, fetchUpTo)
                .pollingInterval(POLL)
                .build();
        long begin = System.nanoTime();
        Instant now = Instant.now();
        for (int scheduled = 0; scheduled < jobs; scheduled += LifeCycles.LIST) {
            List<TaskInstance<?>> list = new ArrayList<>();
            for (int i = scheduled; i < Math.min(jobs, scheduled + LifeCycles.LIST); i++) {
                list.add(task.instance(Integer.toString(i)));
            }
            scheduler.scheduleBatch(list, now);
        }
        long scheduling = System.nanoTime() - begin;
        scheduler.start();
        try {
            countdown.await();
            long deadline = System.nanoTime() + STALLED.toNanos();
            while (left(pool) > 0) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("db-scheduler has not ended what it has executed after " + STALLED);
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            }
            return new Rate(jobs, Duration.ofNanos(scheduling + System.nanoTime() - countdown.first()));
        } finally {
            scheduler.stop();
        }
    }

    private static long left(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM scheduled_tasks")) {
            count.next();
            return count.getLong(1);
        }
    }
}
