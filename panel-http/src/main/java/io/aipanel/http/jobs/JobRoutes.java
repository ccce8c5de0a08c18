package io.aipanel.http.jobs;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Fields;
import io.aipanel.http.web.Listing;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.Schema;
import io.aipanel.http.web.ViewSchemas;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Jobs. Their ids are numbers. */
public final class JobRoutes {

    private static final Rule SEE = Rule.anyOf(Permission.JOBS_READ);

    /** As many as the use case takes at once. */
    private static final int MAX_JOBS = 100_000;

    private static final Schema.ObjectOf NEW_JOB = Schema.object("NewJob")
            .required("type", Schema.text(), "What kind of work it is")
            .optional("queue", Schema.text(), "Where it waits; \"default\" if it is not given")
            .optional("payload", Schema.anyJson(), "What the handler gets, kept to the letter; {} if it is not given")
            .optional("priority", Schema.wholeNumber(), "-1000 to 1000; higher ones run first; 0 if it is not given")
            .nullable("runAt", Schema.time(), "Not before this time; null for at once")
            .nullable(
                    "uniqueKey", Schema.text(), "What must not wait or run twice in a queue and type; null for no rule")
            .build();

    private static final Schema NEW_JOBS = new Schema.OneOf(List.of(
            NEW_JOB,
            Schema.object("NewJobs")
                    .required("jobs", Schema.listOf(NEW_JOB), "Enqueued all or none")
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
                        .query("state", Schema.oneOfTexts(states()), "Only those in this state")
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
                        .summary("A job")
                        .answers(200, ViewSchemas.of(JobView.class))
                        .handledBy(this::show));
    }

    private Reply list(Call call) {
        JobFilter filter = new JobFilter(
                call.query("queue", QueueName::new),
                call.query("type", JobType::new),
                call.query("state", JobState::ofWireName));
        return Reply.ok(Listing.of(panel.jobs().list(call.actor(), filter, call.page()), JobView::of));
    }

    private Reply show(Call call) {
        JobId id = call.id("id", "job", JobId::parse);
        Job job = panel.jobs().find(call.actor(), id).orElseThrow(() -> new NotFound("job " + id));
        return Reply.ok(JobView.of(job));
    }

    private Reply enqueue(Call call) {
        Optional<List<Body>> several = call.body().objects("jobs");
        List<NewJob> jobs = several.orElse(List.of(call.body())).stream()
                .map(body -> body.within(JobRoutes::job))
                .toList();
        if (jobs.size() > MAX_JOBS) {
            throw new InvalidValueException("jobs", "must be at most " + MAX_JOBS);
        }
        List<Enqueued> answers = panel.jobs().enqueue(call.actor(), jobs);
        List<EnqueuedJobView> views = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            views.add(view(call, jobs.get(i), answers.get(i)));
        }
        int status = answers.isEmpty() || answers.stream().anyMatch(Enqueued::isNew) ? 201 : 200;
        if (several.isPresent()) {
            return Reply.json(status, new EnqueuedJobsView(views));
        }
        return Reply.json(status, views.get(0))
                .with("Location", "/api/v1/jobs/" + views.get(0).id());
    }

    private EnqueuedJobView view(Call call, NewJob job, Enqueued answer) {
        return new EnqueuedJobView(
                answer.id().value(),
                answer.isNew() ? JobState.PENDING : present(call, answer.id()).orElse(null),
                answer.isNew(),
                job.type().value(),
                job.queue().value(),
                job.priority(),
                job.runAt().orElse(null),
                job.uniqueKey().orElse(null));
    }

    /** The state of a job that was there already; empty if whoever asks may not see jobs. */
    private Optional<JobState> present(Call call, JobId id) {
        return call.actor().may(Permission.JOBS_READ)
                ? panel.jobs().find(call.actor(), id).map(Job::state)
                : Optional.empty();
    }

    private static NewJob job(Body body) {
        long priority = body.number("priority").orElse(0L);
        return new NewJob(
                body.value("type", JobType::new),
                body.optional("queue", QueueName::new).orElse(QueueName.DEFAULT),
                body.json("payload").orElse(JsonText.EMPTY_OBJECT),
                // What does not fit is out of range either way.
                (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, priority)),
                body.optional("runAt", Fields::time),
                body.optionalText("uniqueKey"),
                RetryPolicy.DEFAULT);
    }

    private static List<String> states() {
        return Stream.of(JobState.values()).map(JobState::wireName).toList();
    }

    /**
     * A job that was enqueued.
     *
     * @param state pending if it is new; else the state of the job that has the unique key, or null if whoever asks may
     *     not see jobs
     * @param isNew whether it was added; if not, the job that has the unique key stands for it
     */
    record EnqueuedJobView(
            long id,
            @Nullable JobState state,
            boolean isNew,
            String type,
            String queue,
            int priority,
            @Nullable Instant runAt,
            @Nullable String uniqueKey) {}

    record EnqueuedJobsView(List<EnqueuedJobView> jobs) {}
}
