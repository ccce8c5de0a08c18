package io.aipanel.http.jobs;

import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.QueueCounts;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Listing;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.ViewSchemas;
import io.aipanel.service.Panel;
import java.util.List;

/** Queues. */
public final class QueueRoutes {

    private final Panel panel;

    /** @param panel what is served */
    public QueueRoutes(Panel panel) {
        this.panel = panel;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.api(Method.GET, "/queues", "job.stats", Rule.anyOf(Permission.JOBS_READ))
                .summary("Queues by name, with the number of jobs in each state; those without jobs are not there")
                .paged()
                .answers(200, ViewSchemas.listing(QueueView.class))
                .handledBy(this::list));
    }

    private Reply list(Call call) {
        List<QueueCounts> all = panel.jobs().counts(call.actor());
        return Reply.ok(Listing.of(
                Listing.part(all, call.page(), counts -> counts.queue().value()), QueueView::of));
    }

    record QueueView(String name, long pending, long running, long completed, long deadLetter, long cancelled) {

        static QueueView of(QueueCounts counts) {
            return new QueueView(
                    counts.queue().value(),
                    counts.jobs().getOrDefault(JobState.PENDING, 0L),
                    counts.jobs().getOrDefault(JobState.RUNNING, 0L),
                    counts.jobs().getOrDefault(JobState.COMPLETED, 0L),
                    counts.jobs().getOrDefault(JobState.DEAD_LETTER, 0L),
                    counts.jobs().getOrDefault(JobState.CANCELLED, 0L));
        }
    }
}
