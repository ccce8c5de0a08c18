package io.aipanel.bench.capacity;

import io.aipanel.bench.audit.SampleEvents;
import io.aipanel.bench.harness.OpenLoop;
import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.PasswordHash;
import io.aipanel.domain.iam.Session;
import io.aipanel.domain.iam.SessionId;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserId;
import io.aipanel.domain.iam.UserStatus;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.service.iam.Tokens;
import io.aipanel.service.storage.Change;
import io.aipanel.sqlite.audit.SqliteAuditRepository;
import io.aipanel.sqlite.iam.SqliteIamRepository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the loads of a panel write, done through the panel's own repositories on stores that are open without one: sessions that
 * note their last use, events, jobs. Safe for use by many threads.
 */
final class StoresLoad {

    private static final int SESSIONS = 100;
    private static final int LIST = 5_000;

    private final List<SessionId> sessions = new ArrayList<>();
    private final AtomicLong number = new AtomicLong();
    private final SampleEvents samples;
    private final IamRepository iam;
    private final AuditRepository audit;
    private final JobQueueRepository jobs;

    /**
     * Fills them.
     *
     * @param jobs the jobs of the stores
     * @param events how many events there are at the beginning
     */
    StoresLoad(OpenStores stores, JobQueueRepository jobs, SampleEvents samples, int events) {
        this.samples = samples;
        this.iam = new SqliteIamRepository(stores.panel());
        this.audit = new SqliteAuditRepository(stores.audit());
        this.jobs = jobs;
        addSessions();
        for (int size = 0; size < events; size += LIST) {
            audit.append(samples.next(Math.min(LIST, events - size)));
        }
    }

    private void addSessions() {
        Instant now = Instant.now();
        User user = iam.addUser(new User(
                new UserId(Change.newId()),
                new EmailAddress("person@example.org"),
                "Person",
                new PasswordHash("$argon2id$nobody knows it"),
                UserStatus.ACTIVE,
                new TreeSet<>(),
                now,
                Optional.empty(),
                1));
        for (int i = 0; i < SESSIONS; i++) {
            Secret token = Tokens.generate("");
            Session session = new Browser(user, token).session(now);
            iam.addSession(session);
            sessions.add(session.id());
        }
    }

    /**
     * Begins the loads together, as on a panel.
     *
     * @param factor how many times ADR-002's limits
     */
    List<OpenLoop> begin(int factor) {
        return List.of(
                new OpenLoop("jobs", factor * JobLoad.PER_SECOND, JobLoad.THREADS, this::enqueue),
                new OpenLoop("sessions", factor * SessionLoad.NOTES_PER_SECOND, JobLoad.THREADS, this::touch),
                new OpenLoop("events", factor * AuditLoad.PER_SECOND, AuditLoad.THREADS, this::append));
    }

    /** One write, to each store in turn. */
    void write() {
        switch ((int) (number.getAndIncrement() % 3)) {
            case 0 -> touch();
            case 1 -> append();
            default -> enqueue();
        }
    }

    private void touch() {
        iam.touchSession(sessions.get(ThreadLocalRandom.current().nextInt(SESSIONS)), Instant.now());
    }

    private void append() {
        audit.append(samples.next(1));
    }

    private void enqueue() {
        jobs.enqueue(List.of(JobLoop.JOB));
    }
}
