package io.aipanel.app.jobs;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.CommandFailed;
import io.aipanel.app.cli.Confirmation;
import io.aipanel.app.cli.ExitCodes;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.UsageException;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import io.aipanel.service.jobs.BulkResult;
import io.aipanel.service.jobs.JobRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Jobs that something is done to: those whose numbers are given, or all that match. */
final class JobSelection {

    /** Beyond this the exact number says nothing more, and counting on takes time. */
    private static final int MOST_COUNTED = 10_000;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "The numbers of jobs")
    private List<String> ids = new ArrayList<>();

    @Mixin
    private JobFilterOptions options = new JobFilterOptions();

    @Option(names = "--all", description = "Every job, whatever its queue, type and key")
    private boolean all;

    @Mixin
    private Confirmation confirmation = new Confirmation();

    /** What is done. */
    interface Action {
        /** To one job. */
        Job to(Panel panel, JobId id);

        /** To all that match. */
        BulkResult toAll(Panel panel, JobFilter filter);

        /** In which states a job can be for that, unless the filter says which. */
        List<JobState> states(JobFilter filter);

        /** What has become of a job, as in "Job 7 is …". */
        String done(Job job);

        /** What has become of many, as in "7 jobs are …". */
        String done();

        /** The question before it is done to many, without the number. */
        String question();
    }

    /** Does it and answers what has become of it. */
    int act(Invocation invocation, Action action) {
        JobFilter filter = options.filter();
        boolean filtered = !filter.equals(JobFilter.ALL);
        if (ids.isEmpty() && !filtered && !all) {
            throw new UsageException("which jobs? Give their numbers, or --queue, --type, --state or --key, or --all");
        }
        if (!ids.isEmpty() && (filtered || all) || filtered && all) {
            throw new UsageException("numbers of jobs, filters and --all exclude each other: give one of them");
        }
        List<JobId> wanted = ids.stream().map(JobId::parse).toList();
        if (wanted.isEmpty()
                && !confirmation.isGiven()
                && invocation.terminal().prompt().isEmpty()) {
            // Before the storage is touched.
            confirmation.require(invocation.terminal(), "");
        }
        return invocation.withPanel(panel -> {
            if (wanted.isEmpty()) {
                actOnAll(invocation, panel, filter, action);
            } else {
                actOnEach(invocation, panel, wanted, action);
            }
            return ExitCodes.DONE;
        });
    }

    private void actOnAll(Invocation invocation, Panel panel, JobFilter filter, Action action) {
        if (!confirmation.isGiven()) {
            String number = number(count(invocation, panel, filter, action));
            confirmation.require(invocation.terminal(), action.question() + " " + number + "?");
        }
        BulkResult result = action.toAll(panel, filter);
        String skipped = result.skipped() == 0
                ? ""
                : " " + number(result.skipped()) + " could not be: other jobs have their unique keys now.";
        invocation.answer(Answer.of(
                JsonDocument.object("changed", result.changed(), "skipped", result.skipped()),
                number(result.changed()) + (result.changed() == 1 ? " is " : " are ") + action.done() + "." + skipped));
    }

    /** Does to each what can be done, so that one that cannot be does not hold up the others, and then tells of those. */
    private static void actOnEach(Invocation invocation, Panel panel, List<JobId> ids, Action action) {
        List<Job> changed = new ArrayList<>();
        List<Map<String, @Nullable Object>> failed = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (JobId id : ids) {
            try {
                changed.add(action.to(panel, id));
            } catch (JobRefused | NotFound e) {
                reasons.add(String.valueOf(e.getMessage()));
                failed.add(JsonDocument.object("id", id.value(), "error", e.getMessage()));
            }
        }
        Object json =
                JsonDocument.object("items", changed.stream().map(JobView::json).toList(), "failed", failed);
        invocation.answer(new Answer(
                json,
                () -> changed.stream()
                        .map(job -> "Job " + job.id() + " is " + action.done(job) + ".")
                        .toList()));
        if (!reasons.isEmpty()) {
            throw new CommandFailed(String.join("; ", reasons), null);
        }
    }

    private static long count(Invocation invocation, Panel panel, JobFilter filter, Action action) {
        long count = 0;
        for (JobState state : action.states(filter)) {
            Optional<PageRequest> next = Optional.of(PageRequest.first(PageRequest.MAX_LIMIT));
            while (next.isPresent() && count < MOST_COUNTED) {
                PageRequest request = next.get();
                var page = panel.jobs().list(invocation.actor(), filter.state(state), request);
                count += page.items().size();
                next = page.next().map(request::after);
            }
        }
        return count;
    }

    private static String number(long jobs) {
        return (jobs >= MOST_COUNTED ? MOST_COUNTED + " jobs or more" : jobs + (jobs == 1 ? " job" : " jobs"));
    }
}
