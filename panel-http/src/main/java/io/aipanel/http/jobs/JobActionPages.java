package io.aipanel.http.jobs;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.http.pages.Confirmation;
import io.aipanel.http.pages.Form;
import io.aipanel.http.pages.Shell;
import io.aipanel.http.pages.Words;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Refusal;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import io.aipanel.service.jobs.BulkResult;
import io.aipanel.service.jobs.JobRefused;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What operators do to jobs from the pages: to those that they have selected, or to all that match what they look for.
 * Both are done only after somebody has seen how many they are.
 */
public final class JobActionPages {

    private static final Rule MANAGE = Rule.anyOf(Permission.JOBS_MANAGE);

    /** As many as can be selected: a page of them, and some. */
    private static final int MAX_SELECTED = 1_000;

    private final Panel panel;
    private final Shell shell;

    /**
     * @param panel what is served
     * @param shell renders pages
     */
    public JobActionPages(Panel panel, Shell shell) {
        this.panel = panel;
        this.shell = shell;
    }

    /** What can be done. */
    private enum Wish {
        RETRY(EnumSet.of(JobState.DEAD_LETTER)),
        CANCEL(EnumSet.of(JobState.PENDING, JobState.RUNNING));

        private final Set<JobState> states;

        Wish(Set<JobState> states) {
            this.states = states;
        }

        /** In which states jobs are that are changed, of those that match. */
        Set<JobState> states(JobFilter filter) {
            boolean cancelledAgain = this == RETRY && filter.state().equals(Optional.of(JobState.CANCELLED));
            Set<JobState> changed = cancelledAgain ? EnumSet.of(JobState.CANCELLED) : EnumSet.copyOf(states);
            filter.state().ifPresent(state -> changed.removeIf(other -> other != state));
            return changed;
        }
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.at(Method.POST, JobPages.PATH + "/retry", "page.jobs.retry", MANAGE)
                        .summary("Have jobs tried again from the page")
                        .takesForm()
                        .answers(303)
                        .handledBy(call -> act(call, Wish.RETRY)),
                Route.at(Method.POST, JobPages.PATH + "/cancel", "page.jobs.cancel", MANAGE)
                        .summary("Cancel jobs from the page")
                        .takesForm()
                        .answers(303)
                        .handledBy(call -> act(call, Wish.CANCEL)));
    }

    private Reply act(Call call, Wish wish) {
        JobQuestion question = JobQuestion.of(call.body());
        boolean all = call.body().has("all");
        List<JobId> selected = selected(call.body());
        String back = selected.size() == 1 && call.body().has("single")
                ? JobPages.PATH + "/" + selected.get(0)
                : question.link().toString();
        if (!all && selected.isEmpty()) {
            return Shell.done(back, "notice.nothing-selected");
        }
        if (!call.body().has(Confirmation.FIELD)) {
            return asked(call, wish, question, selected, all, back);
        }
        BulkResult result = all ? all(call, wish, question.filter()) : each(call, wish, selected);
        String notice = wish == Wish.RETRY ? "notice.jobs-retried" : "notice.jobs-cancelled";
        return Shell.done(back, notice, result.changed(), result.skipped());
    }

    private Reply asked(Call call, Wish wish, JobQuestion question, List<JobId> selected, boolean all, String back) {
        Words words = shell.words(call);
        String count = all ? matching(call, wish, question.filter()) : Integer.toString(selected.size());
        String title = words.of(wish == Wish.RETRY ? "jobs.retry-title" : "jobs.cancel-title", count);
        String text = words.of(wish == Wish.RETRY ? "jobs.retry-text" : "jobs.cancel-text");
        Form form = Form.of(
                        JobPages.PATH + (wish == Wish.RETRY ? "/retry" : "/cancel"),
                        words.of(wish == Wish.RETRY ? "jobs.retry-button" : "jobs.cancel-button", count))
                .with("queue", question.queue())
                .with("type", question.type())
                .with("state", question.state())
                .with("key", question.key())
                .with(Confirmation.FIELD, "true");
        form = all
                ? form.with("all", "true")
                : form.with(
                        "ids",
                        String.join(" ", selected.stream().map(JobId::toString).toList()));
        if (call.body().has("single")) {
            form = form.with("single", "true");
        }
        return shell.page(call, "pages/confirm", Map.of("question", new Confirmation(title, text, form, back)));
    }

    /** How many jobs match that would be changed: told to the last one as far as somebody counts that far. */
    private String matching(Call call, Wish wish, JobFilter filter) {
        long count = 0;
        boolean more = false;
        boolean isCounted = filter.type().isEmpty() && filter.uniqueKey().isEmpty();
        for (JobState state : wish.states(filter)) {
            if (isCounted) {
                count += panel.jobs().counts(call.actor()).stream()
                        .filter(queue ->
                                filter.queue().map(queue.queue()::equals).orElse(true))
                        .mapToLong(queue -> queue.jobs().getOrDefault(state, 0L))
                        .sum();
            } else {
                Page<Job> page =
                        panel.jobs().list(call.actor(), filter.state(state), PageRequest.first(PageRequest.MAX_LIMIT));
                count += page.items().size();
                more |= page.next().isPresent();
            }
        }
        return count + (more ? "+" : "");
    }

    private BulkResult all(Call call, Wish wish, JobFilter filter) {
        return wish == Wish.RETRY
                ? panel.jobs().retryAll(call.actor(), filter)
                : panel.jobs().cancelAll(call.actor(), filter);
    }

    /** What has changed its state since it was selected is skipped. */
    private BulkResult each(Call call, Wish wish, List<JobId> selected) {
        long changed = 0;
        long skipped = 0;
        for (JobId id : selected) {
            try {
                if (wish == Wish.RETRY) {
                    panel.jobs().retry(call.actor(), id);
                } else {
                    panel.jobs().cancel(call.actor(), id);
                }
                changed++;
            } catch (JobRefused | NotFound e) {
                skipped++;
            }
        }
        return new BulkResult(changed, skipped);
    }

    private static List<JobId> selected(Body body) {
        List<String> texts = new ArrayList<>(body.texts("id"));
        body.optionalText("ids").ifPresent(ids -> texts.addAll(List.of(ids.split(" "))));
        if (texts.size() > MAX_SELECTED) {
            throw new Refusal(400, "too-many", "At most " + MAX_SELECTED + " jobs can be selected at once.");
        }
        return texts.stream().map(JobId::parse).toList();
    }
}
