package io.aipanel.sqlite.storage;

import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobError;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.ports.jobs.ClaimContract;
import io.aipanel.ports.jobs.EnqueueContract;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.jobs.LeaseContract;
import io.aipanel.ports.jobs.RetryContract;
import io.aipanel.ports.jobs.UniqueKeyContract;
import io.aipanel.ports.storage.SignalContract;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Mistakes about jobs and signals. */
enum QueueFault implements Fault {
    HANDS_A_JOB_OUT_TWICE(ClaimContract.class, "aTakenJobIsNotTakenAgain", "a live lease keeps others out") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            List<ClaimedJob> before = Collections.synchronizedList(new ArrayList<>());
            return Replaced.method(JobQueueRepository.class, sound, "claim", arguments -> {
                List<ClaimedJob> claimed = sound.claim((ClaimRequest) arguments[0]);
                List<ClaimedJob> again = claimed.isEmpty() ? List.copyOf(before) : claimed;
                before.addAll(claimed);
                return again;
            });
        }
    },
    GIVES_ONE_JOB_TO_TWO_CLAIMERS(ClaimContract.class, "twoClaimersNeverGetOneJob", "two claimers never get one job") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            List<ClaimedJob> before = Collections.synchronizedList(new ArrayList<>());
            return Replaced.method(JobQueueRepository.class, sound, "claim", arguments -> {
                List<ClaimedJob> claimed = sound.claim((ClaimRequest) arguments[0]);
                before.addAll(claimed);
                return Stream.concat(claimed.stream(), List.copyOf(before).stream())
                        .limit(((ClaimRequest) arguments[0]).max())
                        .toList();
            });
        }
    },
    IGNORES_PRIORITIES(ClaimContract.class, "higherPrioritiesComeFirst", "higher priorities come first") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return Replaced.method(
                    JobQueueRepository.class,
                    sound,
                    "claim",
                    arguments -> sound.claim((ClaimRequest) arguments[0]).stream()
                            .sorted(Comparator.comparing(
                                    claimed -> claimed.job().id()))
                            .toList());
        }
    },
    LEAVES_ATTEMPTS_UNCOUNTED(ClaimContract.class, "aTakenJobRunsUnderALease", "its attempt counts") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return Replaced.method(
                    JobQueueRepository.class,
                    sound,
                    "claim",
                    arguments -> sound.claim((ClaimRequest) arguments[0]).stream()
                            .map(claimed -> Altered.job(claimed, claimed.job().state(), 0))
                            .toList());
        }
    },
    ACCEPTS_A_STALE_LEASE(LeaseContract.class, "aStaleLeaseChangesNothing", "a stale lease is refused") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return Replaced.method(JobQueueRepository.class, sound, "finish", arguments -> {
                List<JobEnd> ends = ends(arguments[0]);
                sound.finish(ends);
                return ends.stream()
                        .map(end -> sound.job(end.lease().jobId()).isPresent())
                        .toList();
            });
        }
    },
    KEEPS_THE_FENCING_TOKEN(LeaseContract.class, "aJobWhoseLeaseHasEndedIsTakenAgain", "the fencing token grows") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return Replaced.method(
                    JobQueueRepository.class,
                    sound,
                    "claim",
                    arguments -> sound.claim((ClaimRequest) arguments[0]).stream()
                            .map(claimed -> new ClaimedJob(
                                    claimed.job(), new Lease(claimed.job().id(), 1), claimed.leaseUntil()))
                            .toList());
        }
    },
    DOES_NOT_EXTEND(LeaseContract.class, "aLeaseThatIsExtendedLastsLonger", "an extended lease is live") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return Replaced.method(
                    JobQueueRepository.class,
                    sound,
                    "extend",
                    arguments -> sound.extend(leases(arguments[0]), Duration.ofMillis(1)));
        }
    },
    TRIES_AGAIN_AT_ONCE(
            RetryContract.class, "aFailedJobWaitsForItsNextAttempt", "the next attempt is due after the delay") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return Replaced.method(
                    JobQueueRepository.class,
                    sound,
                    "finish",
                    arguments -> sound.finish(ends(arguments[0]).stream()
                            .map(end -> end instanceof JobEnd.Failed failed
                                    ? new JobEnd.Failed(
                                            failed.lease(),
                                            failed.error(),
                                            failed.retryAfter().map(delay -> Duration.ZERO))
                                    : end)
                            .toList()));
        }
    },
    COUNTS_AN_ATTEMPT_THAT_WAS_GIVEN_BACK(
            RetryContract.class, "aJobThatIsGivenBackWaitsAsIfNobodyHadTakenIt", "the attempt does not count") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return Replaced.method(
                    JobQueueRepository.class,
                    sound,
                    "finish",
                    arguments -> sound.finish(ends(arguments[0]).stream()
                            .map(end -> end instanceof JobEnd.Released
                                    ? new JobEnd.Failed(
                                            end.lease(), new JobError("", "", ""), Optional.of(Duration.ZERO))
                                    : end)
                            .toList()));
        }
    },
    ADDS_JOBS_ONE_BY_ONE(EnqueueContract.class, "aListWithAHoleAddsNoneOfItsJobs", "jobs are added all or none") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return Replaced.method(JobQueueRepository.class, sound, "enqueue", arguments -> {
                List<Enqueued> answers = new ArrayList<>();
                for (Object job : (List<?>) arguments[0]) {
                    answers.addAll(sound.enqueue(List.of((NewJob) job)));
                }
                return answers;
            });
        }
    },
    FORGETS_UNIQUE_KEYS(
            UniqueKeyContract.class,
            "aTakenUniqueKeyNamesTheJobThatHasIt",
            "a taken unique key names the job that has it") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return Replaced.method(
                    JobQueueRepository.class,
                    sound,
                    "enqueue",
                    arguments -> sound.enqueue(((List<?>) arguments[0])
                            .stream()
                                    .map(NewJob.class::cast)
                                    .map(job ->
                                            Altered.keys(job, Optional.empty(), Optional.empty(), job.concurrencyKey()))
                                    .toList()));
        }
    },
    TELLS_NOBODY(SignalContract.class, "whoWaitsForJobsHearsOfANewOne", "a new job is told") {
        @Override
        public Storage.Subscription listen(Storage sound, Storage.Topic topic, Runnable listener) {
            return () -> {};
        }
    };

    private final Class<? extends StoreContract> contract;
    private final String contractCase;
    private final String rule;

    QueueFault(Class<? extends StoreContract> contract, String contractCase, String rule) {
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

    private static List<JobEnd> ends(Object argument) {
        return ((List<?>) argument).stream().map(JobEnd.class::cast).toList();
    }

    private static List<Lease> leases(Object argument) {
        return ((List<?>) argument).stream().map(Lease.class::cast).toList();
    }
}
