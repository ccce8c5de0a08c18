package io.aipanel.sqlite.storage;

import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.Schedule;
import io.aipanel.domain.jobs.ScheduleName;
import io.aipanel.domain.jobs.WorkerPresence;
import io.aipanel.ports.jobs.ConcurrencyKeyContract;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.jobs.PresenceContract;
import io.aipanel.ports.jobs.QueueLimitContract;
import io.aipanel.ports.jobs.QueueRepository;
import io.aipanel.ports.jobs.QueueSettingsContract;
import io.aipanel.ports.jobs.RateLimitContract;
import io.aipanel.ports.jobs.ScheduleContract;
import io.aipanel.ports.jobs.ScheduleRepository;
import io.aipanel.ports.jobs.UniquePeriodContract;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Mistakes about keys, limits, pauses, schedules and who is there. */
enum LimitFault implements Fault {
    FORGETS_A_KEPT_KEY(
            UniquePeriodContract.class, "aKeptKeyOutlivesItsJobUntilThePeriodIsOver", "a kept key outlives its job") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return enqueuing(sound, job -> Altered.keys(job, job.uniqueKey(), Optional.empty(), job.concurrencyKey()));
        }
    },
    KEEPS_A_KEY_FOR_TOO_LONG(
            UniquePeriodContract.class,
            "aKeptKeyOutlivesItsJobUntilThePeriodIsOver",
            "a key is free when its period is over") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return enqueuing(
                    sound,
                    job -> Altered.keys(
                            job,
                            job.uniqueKey(),
                            job.uniqueFor().map(period -> Duration.ofDays(365)),
                            job.concurrencyKey()));
        }
    },
    LETS_ALL_OF_A_KEY_RUN(
            ConcurrencyKeyContract.class, "ofOneKeyOneJobRunsAtATime", "of one key one job runs at a time") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return enqueuing(sound, job -> Altered.keys(job, job.uniqueKey(), job.uniqueFor(), Optional.empty()));
        }
    },
    HOLDS_UP_THOSE_BEHIND(
            ConcurrencyKeyContract.class, "aJobThatWaitsForItsKeyLetsOthersPass", "lets those behind it pass") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return enqueuing(
                    sound, job -> Altered.keys(job, job.uniqueKey(), job.uniqueFor(), Optional.of("everybody's")));
        }
    },
    LETS_ONE_RUN_TOO_MANY(
            ConcurrencyKeyContract.class, "aLowerLimitLetsRunWhatRuns", "the lower limit holds for the next one") {
        @Override
        public QueueRepository queues(QueueRepository sound) {
            return limiting(
                    sound,
                    limits -> new QueueLimits(
                            limits.maxRunning(), Math.max(2, limits.maxRunningPerKey()), limits.rate()));
        }
    },
    IGNORES_HOW_MANY_MAY_RUN(
            QueueLimitContract.class,
            "noMoreJobsOfAQueueRunThanItAllows",
            "no more jobs of a queue run than it allows") {
        @Override
        public QueueRepository queues(QueueRepository sound) {
            return limiting(
                    sound, limits -> new QueueLimits(Optional.empty(), limits.maxRunningPerKey(), limits.rate()));
        }
    },
    IGNORES_THE_RATE(
            RateLimitContract.class,
            "noMoreJobsStartAtOnceThanTheBucketHolds",
            "no more start at once than the bucket holds") {
        @Override
        public QueueRepository queues(QueueRepository sound) {
            return limiting(
                    sound, limits -> new QueueLimits(limits.maxRunning(), limits.maxRunningPerKey(), Optional.empty()));
        }
    },
    CLAIMS_FROM_A_PAUSED_QUEUE(
            QueueSettingsContract.class, "aPausedQueueGivesNothingUntilThePauseEnds", "a paused queue gives nothing") {
        @Override
        public QueueRepository queues(QueueRepository sound) {
            Set<Object> paused = ConcurrentHashMap.newKeySet();
            QueueRepository unpaused =
                    Replaced.method(QueueRepository.class, sound, "pause", arguments -> paused.add(arguments[0]));
            return Replaced.method(QueueRepository.class, unpaused, "resume", arguments -> paused.remove(arguments[0]));
        }
    },
    NEVER_MISSES_A_WORKER(
            PresenceContract.class,
            "aWorkerThatSaysNothingMoreIsForgotten",
            "a worker that says nothing more is forgotten") {
        @Override
        public QueueRepository queues(QueueRepository sound) {
            return Replaced.method(QueueRepository.class, sound, "present", arguments -> {
                if (arguments == null) {
                    return sound.present();
                }
                sound.present((WorkerPresence) arguments[0], Duration.ofDays(1));
                return null;
            });
        }
    },
    FIRES_TWICE(ScheduleContract.class, "aScheduleIsFiredOnceForEachTimeItIsDue", "it was fired") {
        @Override
        public ScheduleRepository schedules(ScheduleRepository sound) {
            return firingWhenever(sound);
        }
    },
    FIRES_AT_ANY_TIME(
            ScheduleContract.class,
            "aScheduleThatIsDueAtAnotherTimeIsNotFired",
            "a schedule that is due at another time is not fired") {
        @Override
        public ScheduleRepository schedules(ScheduleRepository sound) {
            return firingWhenever(sound);
        }
    };

    private final Class<? extends StoreContract> contract;
    private final String contractCase;
    private final String rule;

    LimitFault(Class<? extends StoreContract> contract, String contractCase, String rule) {
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

    private static JobQueueRepository enqueuing(JobQueueRepository sound, UnaryOperator<NewJob> change) {
        return Replaced.method(
                JobQueueRepository.class,
                sound,
                "enqueue",
                arguments -> sound.enqueue(((List<?>) arguments[0])
                        .stream().map(NewJob.class::cast).map(change).toList()));
    }

    private static QueueRepository limiting(QueueRepository sound, UnaryOperator<QueueLimits> change) {
        return Replaced.method(
                QueueRepository.class,
                sound,
                "limit",
                arguments -> sound.limit((QueueName) arguments[0], change.apply((QueueLimits) arguments[1])));
    }

    /** Takes whatever time a schedule is due for the one that the caller means. */
    private static ScheduleRepository firingWhenever(ScheduleRepository sound) {
        return Replaced.method(ScheduleRepository.class, sound, "fire", arguments -> {
            ScheduleName name = (ScheduleName) arguments[0];
            Optional<Instant> next = ((Optional<?>) arguments[2]).map(Instant.class::cast);
            return sound.schedule(name).flatMap(Schedule::nextRunAt).flatMap(due -> sound.fire(name, due, next));
        });
    }
}
