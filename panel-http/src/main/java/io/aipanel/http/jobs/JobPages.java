package io.aipanel.http.jobs;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.http.pages.Link;
import io.aipanel.http.pages.Shell;
import io.aipanel.http.pages.Words;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import io.aipanel.service.jobs.JobDetail;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages that show jobs. */
public final class JobPages {

    static final String PATH = "/jobs";

    private static final Rule SEE = Rule.anyOf(Permission.JOBS_READ);
    private static final int SHOWN = 50;

    private final Panel panel;
    private final Shell shell;

    /**
     * @param panel what is served
     * @param shell renders pages
     */
    public JobPages(Panel panel, Shell shell) {
        this.panel = panel;
        this.shell = shell;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.at(Method.GET, PATH, "page.jobs", SEE)
                        .summary("The page of jobs")
                        .answers(200)
                        .handledBy(this::list),
                Route.at(Method.GET, PATH + "/{id}", "page.job", SEE)
                        .summary("The page of a job")
                        .answers(200)
                        .handledBy(this::show));
    }

    private Reply list(Call call) {
        JobQuestion question = JobQuestion.of(call.query());
        try {
            JobFilter filter = question.filter();
            PageRequest part = new PageRequest(SHOWN, call.query("cursor").map(Cursor::decode));
            Page<Job> page = panel.jobs().list(call.actor(), filter, part);
            Optional<String> next = page.next()
                    .map(cursor ->
                            question.link().with("cursor", cursor.encode()).toString());
            return shell.page(call, "jobs/list", Map.of("jobs", view(call, question, "", page.items(), next)));
        } catch (InvalidValueException e) {
            JobListView view = view(call, question, String.valueOf(e.getMessage()), List.of(), Optional.empty());
            return shell.page(call, 400, "jobs/list", Map.of("jobs", view));
        }
    }

    private JobListView view(Call call, JobQuestion question, String error, List<Job> jobs, Optional<String> next) {
        return new JobListView(
                question.queue(),
                question.type(),
                question.key(),
                question.state(),
                error,
                tabs(call, question),
                jobs,
                next,
                question.restricts(),
                call.actor().may(Permission.JOBS_MANAGE));
    }

    private List<JobListView.Tab> tabs(Call call, JobQuestion question) {
        Words words = shell.words(call);
        // What is looked for by type or key is not counted anywhere.
        boolean counted = question.type().isEmpty() && question.key().isEmpty();
        Map<JobState, Long> counts = counts(call, question.queue());
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        List<JobListView.Tab> tabs = new ArrayList<>();
        tabs.add(new JobListView.Tab(
                words.of("jobs.all"),
                question.inState("").link().toString(),
                counted ? Optional.of(all) : Optional.empty(),
                question.state().isEmpty()));
        for (JobState state : JobState.values()) {
            tabs.add(new JobListView.Tab(
                    words.of("job." + state.wireName()),
                    question.inState(state.wireName()).link().toString(),
                    counted ? Optional.ofNullable(counts.get(state)) : Optional.empty(),
                    question.state().equals(state.wireName())));
        }
        return tabs;
    }

    /** How many jobs are in each state, in one queue or in all. */
    private Map<JobState, Long> counts(Call call, String queue) {
        Map<JobState, Long> sums = new EnumMap<>(JobState.class);
        for (JobState state : JobState.values()) {
            sums.put(state, 0L);
        }
        panel.jobs().counts(call.actor()).stream()
                .filter(counts -> queue.isEmpty() || counts.queue().value().equals(queue))
                .forEach(counts -> counts.jobs().forEach((state, count) -> sums.merge(state, count, Long::sum)));
        return sums;
    }

    private Reply show(Call call) {
        JobId id = call.id("id", "job", JobId::parse);
        JobDetail detail = panel.jobs().detail(call.actor(), id).orElseThrow(() -> new NotFound("job " + id));
        boolean mayManage = call.actor().may(Permission.JOBS_MANAGE);
        return shell.page(
                call,
                "jobs/detail",
                Map.of(
                        "detail",
                        detail,
                        "queueLink",
                        new Link(PATH)
                                .with("queue", detail.job().queue().value())
                                .toString(),
                        "typeLink",
                        new Link(PATH).with("type", detail.job().type().value()).toString(),
                        "mayManage",
                        mayManage));
    }
}
