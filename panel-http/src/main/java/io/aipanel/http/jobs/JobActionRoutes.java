package io.aipanel.http.jobs;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.Schema;
import io.aipanel.http.web.ViewSchemas;
import io.aipanel.service.Panel;
import io.aipanel.service.jobs.BulkResult;
import java.util.List;

/** What operators do to jobs, one by one or to all that match. */
public final class JobActionRoutes {

    private static final Rule MANAGE = Rule.anyOf(Permission.JOBS_MANAGE);

    private static final Schema SELECTION = new Schema.OneOf(List.of(
            Schema.object("JobSelection")
                    .optional("queue", Schema.text(), "Only those of this queue")
                    .optional("type", Schema.text(), "Only those of this type")
                    .optional("state", Schema.oneOfTexts(JobRoutes.STATES), "Only those in this state")
                    .optional("key", Schema.text(), "Only those with this unique key")
                    .build(),
            Schema.object("AllJobs")
                    .required("all", Schema.truth(), "true: every job; a slip must not be enough for that")
                    .build()));

    private final Panel panel;

    /** @param panel what is served */
    public JobActionRoutes(Panel panel) {
        this.panel = panel;
    }

    /** The routes. */
    public List<Route> routes() {
        Schema job = ViewSchemas.of(JobView.class);
        Schema result = ViewSchemas.of(BulkResultView.class);
        return List.of(
                Route.api(Method.POST, "/jobs/{id}/cancel", "job.cancel", MANAGE)
                        .summary(
                                "Cancel a job: a pending one at once, a running one as soon as its handler has stopped")
                        .answers(200, job)
                        .handledBy(call -> Reply.ok(JobView.of(panel.jobs().cancel(call.actor(), id(call))))),
                Route.api(Method.POST, "/jobs/{id}/retry", "job.retry", MANAGE)
                        .summary("Have a dead letter or a cancelled job tried again, at once")
                        .answers(200, job)
                        .handledBy(call -> Reply.ok(JobView.of(panel.jobs().retry(call.actor(), id(call))))),
                Route.api(Method.POST, "/jobs/cancel", "job.cancel-all", MANAGE)
                        .summary("Cancel all pending and running jobs that match")
                        .takes(SELECTION)
                        .answers(200, result)
                        .handledBy(call -> shown(panel.jobs().cancelAll(call.actor(), filter(call.body())))),
                Route.api(Method.POST, "/jobs/retry", "job.retry-all", MANAGE)
                        .summary(
                                "Have all dead letters that match tried again, or all cancelled jobs if these are asked for")
                        .takes(SELECTION)
                        .answers(200, result)
                        .handledBy(call -> shown(panel.jobs().retryAll(call.actor(), filter(call.body())))));
    }

    private static JobId id(Call call) {
        return call.id("id", "job", JobId::parse);
    }

    private static JobFilter filter(Body body) {
        JobFilter filter = new JobFilter(
                body.optional("queue", QueueName::new),
                body.optional("type", JobType::new),
                body.optional("state", JobState::ofWireName),
                body.optionalText("key"));
        if (filter.equals(JobFilter.ALL) && !body.truth("all").orElse(false)) {
            throw new InvalidValueException("all", "must be true to mean every job; or give queue, type, state or key");
        }
        return filter;
    }

    private static Reply shown(BulkResult result) {
        return Reply.ok(new BulkResultView(result.changed(), result.skipped()));
    }

    record BulkResultView(long changed, long skipped) {}
}
