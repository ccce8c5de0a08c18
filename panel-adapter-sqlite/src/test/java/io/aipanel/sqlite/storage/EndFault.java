package io.aipanel.sqlite.storage;

import io.aipanel.domain.jobs.BulkChange;
import io.aipanel.domain.jobs.JobChange;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.LeaseState;
import io.aipanel.domain.jobs.QueueCounts;
import io.aipanel.domain.storage.Effect;
import io.aipanel.ports.jobs.BulkChangeContract;
import io.aipanel.ports.jobs.CancelContract;
import io.aipanel.ports.jobs.FinishContract;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.jobs.PruneContract;
import io.aipanel.ports.jobs.QueueRepository;
import io.aipanel.ports.jobs.RequeueContract;
import io.aipanel.ports.jobs.ScheduleRepository;
import io.aipanel.ports.storage.QueueTransaction;
import io.aipanel.ports.storage.QueueTransactionContract;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Mistakes about ends, cancelling, trying again and counting. */
enum EndFault implements Fault {
    ANSWERS_IN_ANOTHER_ORDER(FinishContract.class, "endsOfEveryKindGoInOneCall", "in the given order") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return Replaced.method(
                    JobQueueRepository.class,
                    sound,
                    "finish",
                    arguments ->
                            sound
                                    .finish(((List<?>) arguments[0])
                                            .stream().map(JobEnd.class::cast).toList())
                                    .stream()
                                    .sorted()
                                    .toList());
        }
    },
    EXTENDS_A_LOST_LEASE(FinishContract.class, "aLostLeaseIsNotExtended", "a lost lease is not extended") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return extending(sound, state -> LeaseState.HELD);
        }
    },
    KEEPS_A_CANCELLATION_FROM_THE_WORKER(CancelContract.class, "aRunningJobIsAskedToStop", "its worker hears of it") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return extending(sound, state -> state == LeaseState.CANCEL_REQUESTED ? LeaseState.HELD : state);
        }
    },
    IGNORES_A_CANCELLATION(CancelContract.class, "aPendingJobIsCancelledAtOnce", "a pending job is cancelled at once") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return notCancelling(sound);
        }
    },
    TRIES_A_CANCELLED_JOB_AGAIN(
            CancelContract.class, "aJobThatWasToStopIsNotTriedAgain", "is cancelled instead of tried again") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return notCancelling(sound);
        }
    },
    COUNTS_THE_ATTEMPTS_OF_AN_EARLIER_LIFE(
            RequeueContract.class,
            "aDeadLetterIsPendingAgainWithItsHistory",
            "its attempts no longer count for its retry policy") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return Replaced.method(
                    JobQueueRepository.class,
                    sound,
                    "job",
                    arguments -> sound.job((JobId) arguments[0])
                            .map(job -> Altered.job(job, job.state(), job.attempt(), 0)));
        }
    },
    IGNORES_WHAT_IS_WANTED(BulkChangeContract.class, "onlyWhatMatchesIsCancelled", "only what matches is cancelled") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return cancellingMany(sound, (after, max) -> sound.cancel(JobFilter.ALL, after, max));
        }
    },
    LOOKS_AT_A_JOB_TWICE(
            BulkChangeContract.class,
            "everyPendingAndRunningJobIsCancelledOnce",
            "every pending and running job is cancelled, each once") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return cancellingMany(sound, (after, max) -> {
                int again = after.isPresent() ? 1 : 0;
                BulkChange done = sound.cancel(JobFilter.ALL, after, max - again);
                return new BulkChange(done.changed() + again, done.skipped(), done.last());
            });
        }
    },
    LETS_ITS_TALLIES_DRIFT(
            PruneContract.class, "everyFinalStateIsRemovedAndCountedByItself", "a removed job is not counted") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            AtomicLong removed = new AtomicLong();
            JobQueueRepository pruning = Replaced.method(JobQueueRepository.class, sound, "prune", arguments -> {
                int done = sound.prune((JobState) arguments[0], (Instant) arguments[1], (int) arguments[2]);
                removed.addAndGet(done);
                return done;
            });
            return Replaced.method(
                    JobQueueRepository.class,
                    pruning,
                    "counts",
                    arguments -> sound.counts().stream()
                            .map(counts -> withCancelled(counts, removed.get()))
                            .toList());
        }
    },
    COMMITS_HALF_AN_ACTION(
            QueueTransactionContract.class,
            "whatTheWorkOnTheQueueStoreThrowsIsThrownAndNothingIsChanged",
            "a failed transaction rolls back everything") {
        @Override
        public <T> T writeQueue(Storage sound, Function<? super QueueTransaction, ? extends T> work) {
            return work.apply(new EachByItself(sound));
        }
    };

    private final Class<? extends StoreContract> contract;
    private final String contractCase;
    private final String rule;

    EndFault(Class<? extends StoreContract> contract, String contractCase, String rule) {
        this.contract = contract;
        this.contractCase = contractCase;
        this.rule = rule;
    }

    @Override
    public Class<? extends StoreContract> contract() {
        return contract;
    }

    @Override
    public String contractCase() {
        return contractCase;
    }

    @Override
    public String rule() {
        return rule;
    }

    private static JobQueueRepository extending(JobQueueRepository sound, UnaryOperator<LeaseState> change) {
        return Replaced.method(
                JobQueueRepository.class,
                sound,
                "extend",
                arguments -> sound
                        .extend(
                                ((List<?>) arguments[0])
                                        .stream().map(Lease.class::cast).toList(),
                                (Duration) arguments[1])
                        .stream()
                        .map(change)
                        .toList());
    }

    private static JobQueueRepository notCancelling(JobQueueRepository sound) {
        return Replaced.method(JobQueueRepository.class, sound, "cancel", arguments -> JobChange.DONE);
    }

    /** Cancels many in another way; a single one as it should. */
    private static JobQueueRepository cancellingMany(
            JobQueueRepository sound, BiFunction<Optional<JobId>, Integer, BulkChange> instead) {
        return Replaced.method(
                JobQueueRepository.class,
                sound,
                "cancel",
                arguments -> arguments.length == 1
                        ? sound.cancel((JobId) arguments[0])
                        : instead.apply(((Optional<?>) arguments[1]).map(JobId.class::cast), (Integer) arguments[2]));
    }

    private static QueueCounts withCancelled(QueueCounts counts, long more) {
        Map<JobState, Long> jobs = new EnumMap<>(counts.jobs());
        jobs.merge(JobState.CANCELLED, more, Long::sum);
        return new QueueCounts(counts.queue(), jobs);
    }

    /** A transaction that is none: each change is committed at once. */
    private record EachByItself(Storage storage) implements QueueTransaction {

        @Override
        public JobQueueRepository jobs() {
            return storage.jobs();
        }

        @Override
        public QueueRepository queues() {
            return storage.queues();
        }

        @Override
        public ScheduleRepository schedules() {
            return storage.schedules();
        }

        @Override
        public void emit(Effect.Record event) {
            storage.writeQueue(transaction -> {
                transaction.emit(event);
                return true;
            });
        }
    }
}
