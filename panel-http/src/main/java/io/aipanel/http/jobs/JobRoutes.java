package io.aipanel.http.jobs;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Listing;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.Schema;
import io.aipanel.http.web.ViewSchemas;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Jobs: enqueueing them and seeing what became of them. Their ids are numbers. */
public final class JobRoutes {

    /** The names of every state. */
    static final List<String> STATES =
            Stream.of(JobState.values()).map(JobState::wireName).toList();

    private static final Rule SEE = Rule.anyOf(Permission.JOBS_READ);

    /** As many as the use case takes at once. */
    private static final int MAX_JOBS = 100_000;

    private static final Schema NEW_JOBS = new Schema.OneOf(List.of(
            NewJobs.JOB,
            Schema.object("NewJobs")
                    .required("jobs", Schema.listOf(NewJobs.JOB), "Enqueued all or none")
                    .build()));

    private final Panel panel;

    /** @param panel what is served */
    public JobRoutes(Panel panel) {
        this.panel = panel;
    }

    /** The routes. */
    public List<Route> routes() {
        Schema enqueued = new Schema.OneOf(
                List.of(ViewSchemas.of(EnqueuedJobView.class), ViewSchemas.of(EnqueuedJobsView.class)));
        return List.of(
                Route.api(Method.GET, "/jobs", "job.list", SEE)
                        .summary("Jobs, finished or not, newest first")
                        .query("queue", Schema.text(), "Only those of this queue")
                        .query("type", Schema.text(), "Only those of this type")
                        .query("state", Schema.oneOfTexts(STATES), "Only those in this state")
                        .query("key", Schema.text(), "Only those with this unique key")
                        .paged()
                        .answers(200, ViewSchemas.listing(JobView.class))
                        .handledBy(this::list),
                Route.api(Method.POST, "/jobs", "job.enqueue", Rule.anyOf(Permission.JOBS_WRITE))
                        .summary("Enqueue a job, or several: all or none. 200 if nothing is new (unique keys)")
                        .takes(NEW_JOBS)
                        .answers(201, enqueued)
                        .answers(200, enqueued)
                        .handledBy(this::enqueue),
                Route.api(Method.GET, "/jobs/{id}", "job.show", SEE)
                        .summary("A job, how its attempts failed and what they wrote")
                        .answers(200, ViewSchemas.of(JobDetailView.class))
                        .handledBy(this::show));
    }

    private Reply list(Call call) {
        JobFilter filter = new JobFilter(
                call.query("queue", QueueName::new),
                call.query("type", JobType::new),
                call.query("state", JobState::ofWireName),
                call.query("key"));
        return Reply.ok(Listing.of(panel.jobs().list(call.actor(), filter, call.page()), JobView::of));
    }

    private Reply show(Call call) {
        JobId id = call.id("id", "job", JobId::parse);
        return Reply.ok(
                JobDetailView.of(panel.jobs().detail(call.actor(), id).orElseThrow(() -> new NotFound("job " + id))));
    }

    private Reply enqueue(Call call) {
        Optional<List<Body>> several = call.body().objects("jobs");
        List<NewJob> jobs = several.orElse(List.of(call.body())).stream()
                .map(body -> body.within(NewJobs::job))
                .toList();
        if (jobs.size() > MAX_JOBS) {
            throw new InvalidValueException("jobs", "must be at most " + MAX_JOBS);
        }
        List<Enqueued> answers = panel.jobs().enqueue(call.actor(), jobs);
        List<EnqueuedJobView> views = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            Enqueued answer = answers.get(i);
            views.add(EnqueuedJobView.of(jobs.get(i), answer, state(call, answer)));
        }
        int status = answers.isEmpty() || answers.stream().anyMatch(Enqueued::isNew) ? 201 : 200;
        if (several.isPresent()) {
            return Reply.json(status, new EnqueuedJobsView(views));
        }
        return Reply.json(status, views.get(0))
                .with("Location", "/api/v1/jobs/" + views.get(0).id());
    }

    /** The state of a job that was there already only for those who may see jobs. */
    private Optional<JobState> state(Call call, Enqueued answer) {
        if (answer.isNew()) {
            return Optional.of(JobState.PENDING);
        }
        return call.actor().may(Permission.JOBS_READ)
                ? panel.jobs().find(call.actor(), answer.id()).map(Job::state)
                : Optional.empty();
    }

    record EnqueuedJobsView(List<EnqueuedJobView> jobs) {}
}
