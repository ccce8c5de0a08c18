package io.aipanel.sqlite.storage;

import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.JobError;
import io.aipanel.domain.jobs.JobFailure;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobLog;
import io.aipanel.domain.jobs.JobReport;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.LogLine;
import io.aipanel.ports.jobs.HistoryContract;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.jobs.JobReportContract;
import io.aipanel.ports.storage.StoreContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Mistakes about lost workers, the history of attempts and their logs. */
enum HistoryFault implements Fault {
    BURIES_A_LOST_JOB(
            HistoryContract.class,
            "aLostWorkersAttemptIsKeptAsOne",
            "that its worker died does not make it a dead letter") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return Replaced.method(
                    JobQueueRepository.class,
                    sound,
                    "claim",
                    arguments -> sound.claim((ClaimRequest) arguments[0]).stream()
                            .map(claimed -> claimed.job().attempt() > 1
                                    ? Altered.job(
                                            claimed,
                                            JobState.DEAD_LETTER,
                                            claimed.job().attempt())
                                    : claimed)
                            .toList());
        }
    },
    LEAVES_LOST_ATTEMPTS_OUT(
            HistoryContract.class,
            "aLostWorkersAttemptIsKeptAsOne",
            "an attempt whose lease has ended enters the history") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return remembering(sound, failure -> !failure.error().equals(JobError.LEASE_ENDED));
        }
    },
    KEEPS_THE_LAST_FAILURE_ONLY(
            HistoryContract.class, "everyAttemptThatFailedIsKept", "every attempt that failed is kept") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return remembering(sound, failure -> failure.attempt() > 1);
        }
    },
    LETS_A_LOG_GROW(JobReportContract.class, "ofManyLinesTheNewestAreKept", "of more the newest are kept") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return keepingEveryLine(sound);
        }
    },
    KEEPS_A_STALE_REPORT(
            JobReportContract.class, "aStaleReportChangesNothingAndHoldsUpNobody", "a stale report changes nothing") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return keepingEveryLine(sound);
        }
    },
    DROPS_LINES_IN_SILENCE(JobReportContract.class, "ofManyLinesTheNewestAreKept", "how many were dropped is told") {
        @Override
        public JobQueueRepository jobs(JobQueueRepository sound) {
            return Replaced.method(
                    JobQueueRepository.class,
                    sound,
                    "log",
                    arguments -> new JobLog(sound.log((JobId) arguments[0]).lines(), 0));
        }
    };

    private final Class<? extends StoreContract> contract;
    private final String contractCase;
    private final String rule;

    HistoryFault(Class<? extends StoreContract> contract, String contractCase, String rule) {
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

    private static JobQueueRepository remembering(JobQueueRepository sound, Predicate<JobFailure> remembered) {
        return Replaced.method(
                JobQueueRepository.class,
                sound,
                "failures",
                arguments -> sound.failures((JobId) arguments[0]).stream()
                        .filter(remembered)
                        .toList());
    }

    private static JobQueueRepository keepingEveryLine(JobQueueRepository sound) {
        Map<JobId, List<LogLine>> lines = new ConcurrentHashMap<>();
        JobQueueRepository reporting = Replaced.method(JobQueueRepository.class, sound, "report", arguments -> {
            List<JobReport> reports =
                    ((List<?>) arguments[0]).stream().map(JobReport.class::cast).toList();
            reports.forEach(report -> lines.computeIfAbsent(report.lease().jobId(), id -> new ArrayList<>())
                    .addAll(report.lines()));
            sound.report(reports);
            return null;
        });
        return Replaced.method(
                JobQueueRepository.class,
                reporting,
                "log",
                arguments -> new JobLog(lines.getOrDefault((JobId) arguments[0], List.of()), 0));
    }
}
