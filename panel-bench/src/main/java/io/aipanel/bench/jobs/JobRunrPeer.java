package io.aipanel.bench.jobs;

import com.zaxxer.hikari.HikariDataSource;
import io.aipanel.bench.engine.Database;
import io.aipanel.bench.engine.EngineName;
import io.aipanel.bench.harness.Rate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.storage.sql.sqlite.SqLiteStorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;

/**
 * JobRunr, polling as often as it allows. Its window is that of enqueueing everything as one stream plus that of working
 * it off, from the first job on, so that its waiting for the next poll does not count.
 */
final class JobRunrPeer implements Peer {

    private static final int POLL_SECONDS = 5;
    private static final long LOOK_EVERY_MILLIS = 5;
    private static final Duration STALLED = Duration.ofSeconds(60);

    private final EngineName engine;
    private final int workers;
    private final int connections;

    JobRunrPeer(EngineName engine, int workers, int connections) {
        this.engine = engine;
        this.workers = workers;
        this.connections = connections;
    }

    @Override
    public String name() {
        return QueueResults.JOBRUNR;
    }

    @Override
    public String settings() {
        return workers + " workers, " + connections + " connections, polling every " + POLL_SECONDS + " s";
    }

    @Override
    public Rate run(Database database, QueueSize size) throws InterruptedException {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setDataSource(database.dataSource());
            pool.setMaximumPoolSize(connections);
            JsonMapper json = new JacksonJsonMapper();
            try (StorageProvider storage = storage(pool)) {
                storage.setJobMapper(new JobMapper(json));
                if (size.peerWarmUp() > 0) {
                    live(storage, json, size.peerWarmUp());
                }
                return live(storage, json, size.peerJobs());
            }
        }
    }

    private StorageProvider storage(DataSource pool) {
        return switch (engine) {
            case SQLITE -> new SqLiteStorageProvider(pool);
            case POSTGRES -> new PostgresStorageProvider(pool);
        };
    }

    private Rate live(StorageProvider storage, JsonMapper json, int jobs) throws InterruptedException {
        long expected = storage.countJobs(StateName.SUCCEEDED) + jobs;
        Countdown countdown = new Countdown(jobs);
        BackgroundJobServer server = new BackgroundJobServer(
                storage,
                json,
                handlers(countdown),
                BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andPollIntervalInSeconds(POLL_SECONDS)
                        .andWorkerCount(workers));
        long begin = System.nanoTime();
        new JobRequestScheduler(storage).enqueue(IntStream.range(0, jobs).mapToObj(JobRunrRequest::new));
        long enqueueing = System.nanoTime() - begin;
        server.start();
        try {
            countdown.await();
            long deadline = System.nanoTime() + STALLED.toNanos();
            while (storage.countJobs(StateName.SUCCEEDED) < expected) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("JobRunr has not ended what it has handled after " + STALLED);
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            }
            return new Rate(jobs, Duration.ofNanos(enqueueing + System.nanoTime() - countdown.first()));
        } finally {
            server.stop();
        }
    }

    private static JobActivator handlers(Countdown countdown) {
        return new JobActivator() {
            @Override
            public <T> T activateJob(Class<T> type) {
                return type.cast(new JobRunrRequest.Handler(countdown::handled));
            }
        };
    }
}
