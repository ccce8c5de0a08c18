package io.aipanel.http.jobs;

import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.WorkerPresence;
import io.aipanel.service.jobs.QueueStatus;
import java.util.List;
import java.util.Map;

/**
 * A queue as the outside sees it.
 *
 * @param typesWithoutHandler the types of pending jobs that no worker handles now
 */
record QueueView(
        String name,
        boolean paused,
        LimitsView limits,
        long pending,
        long running,
        long completed,
        long deadLetter,
        long cancelled,
        List<WorkerView> workers,
        List<WaitingTypeView> typesWithoutHandler) {

    static QueueView of(QueueStatus status) {
        Map<JobState, Long> jobs = status.counts().jobs();
        return new QueueView(
                status.queue().name().value(),
                status.queue().paused(),
                LimitsView.of(status.queue().limits()),
                jobs.getOrDefault(JobState.PENDING, 0L),
                jobs.getOrDefault(JobState.RUNNING, 0L),
                jobs.getOrDefault(JobState.COMPLETED, 0L),
                jobs.getOrDefault(JobState.DEAD_LETTER, 0L),
                jobs.getOrDefault(JobState.CANCELLED, 0L),
                status.workers().stream().map(WorkerView::of).toList(),
                status.withoutHandler().stream()
                        .map(waiting -> new WaitingTypeView(waiting.type().value(), waiting.pending()))
                        .toList());
    }

    record WorkerView(String worker, List<String> types) {

        static WorkerView of(WorkerPresence presence) {
            return new WorkerView(
                    presence.worker(),
                    presence.types().stream().sorted().map(JobType::value).toList());
        }
    }

    record WaitingTypeView(String type, long pending) {}
}
