package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.LEASE;
import static io.aipanel.ports.jobs.JobSamples.WORK;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.error;
import static io.aipanel.ports.jobs.JobSamples.extend;
import static io.aipanel.ports.jobs.JobSamples.finish;
import static io.aipanel.ports.jobs.JobSamples.ids;
import static io.aipanel.ports.jobs.JobSamples.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.jobs.BulkChange;
import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.LeaseState;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.Queue;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.storage.Paging;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Does the same things to a store, through two openings, and to a {@link QueueModel}, and compares what they answer. Before each
 * step as much time passes that it does not matter how much the store's own clock moves meanwhile: whatever is compared
 * lies {@link #APART} or more apart.
 */
final class QueueModelRun {

    /** How much time passes before each step. */
    private static final Duration STEP = Duration.ofMinutes(10);

    /** No two delays of neighbouring steps end closer than this, and none so close to a step. */
    private static final Duration APART = Duration.ofSeconds(90);

    /** Ends in the middle between two steps. */
    private static final Duration LEASE = STEP.multipliedBy(2).plusMinutes(5);

    /** So many ends of one call, two seconds apart, fit in half of {@link #APART}. */
    private static final int MOST_LEASES = 20;

    private static final List<QueueName> QUEUES = List.of(QueueName.DEFAULT, new QueueName("b"));
    private static final List<JobType> TYPES = List.of(WORK, new JobType("mail"), new JobType("report"));

    private final StorageHarness harness;
    private final List<Storage> openings;
    private final Random random;
    private final QueueModel model = new QueueModel();
    private final Map<JobId, Lease> latest = new HashMap<>();
    private final List<Lease> everGiven = new ArrayList<>();
    private int step;

    QueueModelRun(StorageHarness harness, Storage other, Random random) {
        this.harness = harness;
        this.openings = List.of(harness.storage(), other);
        this.random = random;
    }

    /** One random thing, and what must hold after it. */
    void step() {
        step++;
        harness.advance(STEP);
        model.pass(STEP);
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> enqueue();
            case 3, 4, 5, 6 -> claim();
            case 7, 8, 9 -> finish();
            case 10 -> extend();
            case 11 -> cancelOne();
            case 12 -> retryOne();
            case 13 -> changeMany();
            case 14 -> setQueue();
            default -> prune();
        }
        assertThat(jobs().counts())
                .as("counts are right after any mix of operations (step %d)", step)
                .isEqualTo(model.counts());
        assertThat(jobs().pendingTypes())
                .as("what waits is counted right after any mix of operations (step %d)", step)
                .isEqualTo(model.pendingTypes());
    }

    /** Compares every job. */
    void compareAll() {
        Map<JobId, String> stored = new TreeMap<>();
        Paging.all(100, page -> jobs().jobs(JobFilter.ALL, page)).forEach(job -> stored.put(job.id(), text(job)));
        Map<JobId, String> expected = new TreeMap<>();
        model.jobs().forEach(job -> expected.put(job.id, job.toString()));
        assertThat(stored).as("every job is as the rules say (step %d)", step).isEqualTo(expected);
    }

    private String text(Job job) {
        return job.state().wireName() + " attempt " + job.attempt() + " (" + job.earlierAttempts() + " earlier, "
                + jobs().failures(job.id()).size() + " failed)"
                + (job.cancelRequested() && job.state() == JobState.RUNNING ? " to stop" : "");
    }

    private JobQueueRepository jobs() {
        return opening().jobs();
    }

    private Storage opening() {
        return openings.get(random.nextInt(2));
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** A delay that ends at a time of its own. */
    private Duration delay() {
        return STEP.multipliedBy(random.nextInt(4))
                .plus(APART.multipliedBy(step % 6))
                .plusSeconds(45);
    }

    private void enqueue() {
        List<NewJob> wanted = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            NewJob job =
                    NewJob.of(any(TYPES).value()).queue(any(QUEUES).value()).priority(random.nextInt(3));
            job = random.nextInt(4) == 0 ? job.delay(delay()) : job;
            job = random.nextInt(3) == 0 ? job.concurrencyKey("key " + random.nextInt(2)) : job;
            String unique = "unique " + random.nextInt(4);
            job = random.nextInt(6) == 0 ? job.uniqueKey(unique) : job;
            wanted.add(random.nextInt(8) == 0 ? job.uniqueKey(unique, delay()) : job);
        }
        List<Enqueued> answers = jobs().enqueue(wanted);
        assertThat(answers)
                .as("unique keys keep out what they must and nothing else (step %d)", step)
                .isEqualTo(model.enqueue(wanted, answers));
    }

    private void claim() {
        Set<JobType> types = random.nextBoolean() ? Set.copyOf(TYPES) : Set.of(any(TYPES));
        int max = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 1000;
        ClaimRequest request = new ClaimRequest(any(QUEUES), types, max, LEASE, "worker");
        if (model.toBeCancelled(request).isEmpty() && !model.claimable(request).isEmpty()) {
            assertThat(jobs().untilNextDue(request.queue(), types))
                    .as("zero if there is something now (step %d)", step)
                    .contains(Duration.ZERO);
        }
        boolean again = true;
        while (again) {
            // What a claim cancels may make room for the next one.
            boolean cancels = !model.toBeCancelled(request).isEmpty();
            int taken = claim(request);
            again = taken < max && (taken > 0 || cancels);
            if (taken == 0 && !cancels) {
                assertThat(jobs().untilNextDue(request.queue(), types))
                        .as("who was given nothing need not ask again at once (step %d)", step)
                        .isNotEqualTo(Optional.of(Duration.ZERO));
            }
        }
    }

    /** One claim; answers how many jobs it took. */
    private int claim(ClaimRequest request) {
        List<ModelJob> toBeCancelled = model.toBeCancelled(request);

        List<ClaimedJob> claimed = jobs().claim(request);

        if (toBeCancelled.isEmpty()) {
            assertThat(ids(claimed))
                    .as("a claim takes what the order and the limits say, and all of it (step %d, %s)", step, request)
                    .isEqualTo(model.claimable(request));
        } else {
            assertThat(model.isPossible(request, ids(claimed)))
                    .as("a claim that cancels keeps to the order and the limits (step %d, %s)", step, request)
                    .isTrue();
        }
        model.claimed(ids(claimed), LEASE);
        claimed.forEach(each -> {
            latest.put(each.job().id(), each.lease());
            everGiven.add(each.lease());
        });
        toBeCancelled.stream()
                .filter(job ->
                        claimed.size() < request.max() || job(jobs(), job.id).state() == JobState.CANCELLED)
                .forEach(model::cancelledByClaim);
        return claimed.size();
    }

    private boolean isLatest(Lease lease) {
        return lease.equals(latest.get(lease.jobId()))
                && model.job(lease.jobId()).filter(ModelJob::isRunning).isPresent();
    }

    /** Leases of different jobs: most of those that run, and a few that are over. */
    private List<Lease> someLeases() {
        Map<JobId, Lease> chosen = new LinkedHashMap<>();
        model.running().stream()
                .filter(job -> random.nextInt(3) > 0)
                .forEach(job -> chosen.put(job.id, latest.get(job.id)));
        for (int i = 0; i < 3 && !everGiven.isEmpty(); i++) {
            Lease lease = any(everGiven);
            chosen.put(lease.jobId(), lease);
        }
        List<Lease> leases = new ArrayList<>(chosen.values());
        Collections.shuffle(leases, random);
        return leases.subList(0, Math.min(leases.size(), MOST_LEASES));
    }

    private void finish() {
        List<Lease> leases = someLeases();
        List<JobEnd> ends = IntStream.range(0, leases.size())
                .mapToObj(i -> someEnd(leases.get(i), Duration.ofSeconds(2L * i)))
                .toList();
        List<Boolean> expected = ends.stream().map(end -> isLatest(end.lease())).toList();

        assertThat(jobs().finish(ends))
                .as("an end counts only if its lease is the latest (step %d)", step)
                .isEqualTo(expected);
        ends.stream().filter(end -> isLatest(end.lease())).toList().forEach(model::finish);
    }

    /** An end of any kind; if the job is to be tried again, a while later than others of the same call. */
    private JobEnd someEnd(Lease lease, Duration later) {
        return switch (random.nextInt(6)) {
            case 0 -> new JobEnd.Released(lease);
            case 1 -> new JobEnd.Failed(lease, error("for good"), Optional.empty());
            case 2 -> new JobEnd.Failed(lease, error("later"), Optional.of(delay().plus(later)));
            case 3 -> new JobEnd.Failed(lease, error("now"), Optional.of(later));
            default -> new JobEnd.Completed(lease, Optional.empty());
        };
    }

    private void extend() {
        List<Lease> leases = someLeases();
        List<LeaseState> expected = leases.stream().map(this::stateOf).toList();

        assertThat(jobs().extend(leases, LEASE))
                .as("a lease is extended only if it is the latest (step %d)", step)
                .isEqualTo(expected);
        leases.stream().filter(this::isLatest).forEach(lease -> model.extend(lease.jobId(), LEASE));
    }

    private LeaseState stateOf(Lease lease) {
        if (!isLatest(lease)) {
            return LeaseState.LOST;
        }
        boolean toStop = model.job(lease.jobId()).orElseThrow().cancelRequested;
        return toStop ? LeaseState.CANCEL_REQUESTED : LeaseState.HELD;
    }

    private Optional<JobId> anyJob(Predicate<JobState> states) {
        List<ModelJob> jobs =
                model.jobs().stream().filter(job -> states.test(job.state)).toList();
        return jobs.isEmpty() ? Optional.empty() : Optional.of(any(jobs).id);
    }

    private void cancelOne() {
        anyJob(state -> state != JobState.CANCELLED)
                .ifPresent(id -> assertThat(jobs().cancel(id))
                        .as("a job is cancelled if its state allows it (step %d)", step)
                        .isEqualTo(model.cancel(id)));
    }

    private void retryOne() {
        Predicate<JobState> states = random.nextInt(4) == 0
                ? state -> true
                : state -> state == JobState.DEAD_LETTER || state == JobState.CANCELLED;
        anyJob(states)
                .ifPresent(id -> assertThat(jobs().retry(id))
                        .as("a job is tried again if its state and its key allow it (step %d)", step)
                        .isEqualTo(model.retry(id)));
    }

    private void changeMany() {
        JobFilter filter = random.nextBoolean() ? JobFilter.ALL.queue(any(QUEUES)) : JobFilter.ALL.type(any(TYPES));
        boolean cancel = random.nextInt(3) == 0;
        JobFilter wanted = random.nextBoolean() ? filter : filter.state(any(List.of(JobState.values())));
        int changed = 0;
        int skipped = 0;
        Optional<JobId> last = Optional.empty();
        do {
            BulkChange part = cancel ? jobs().cancel(wanted, last, 5) : jobs().retry(wanted, last, 5);
            changed += part.changed();
            skipped += part.skipped();
            last = part.last();
        } while (last.isPresent());

        assertThat(List.of(changed, skipped))
                .as("every job that matches is changed once (step %d, %s, cancel %s)", step, wanted, cancel)
                .isEqualTo(cancel ? List.of(model.cancel(wanted), 0) : model.retry(wanted));
    }

    private void setQueue() {
        Queue before = model.queue(any(QUEUES));
        QueueName name = before.name();
        Queue after;
        if (random.nextInt(3) == 0) {
            after = new Queue(name, !before.paused(), before.limits());
            QueueRepository queues = opening().queues();
            assertThat(before.paused() ? queues.resume(name) : queues.pause(name))
                    .as("a pause and its end are news (step %d)", step)
                    .isTrue();
        } else {
            Optional<Integer> max = random.nextBoolean() ? Optional.empty() : Optional.of(1 + random.nextInt(6));
            after = new Queue(name, before.paused(), new QueueLimits(max, 1 + random.nextInt(3), Optional.empty()));
            assertThat(opening().queues().limit(name, after.limits()))
                    .as("other limits are news (step %d)", step)
                    .isEqualTo(!after.limits().equals(before.limits()));
        }
        model.set(after);
    }

    private void prune() {
        JobState state = any(List.of(JobState.COMPLETED, JobState.DEAD_LETTER, JobState.CANCELLED));
        int max = 1 + random.nextInt(10);
        Instant never = Instant.parse("9999-01-01T00:00:00Z");

        assertThat(jobs().prune(state, never, max))
                .as("finished jobs are removed, no more than asked for (step %d)", step)
                .isEqualTo(model.prune(state, max));
    }
}
