package io.aipanel.app.audit;

import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.Paging;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.service.audit.AuditLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List events, the newest first.")
final class AuditListCommand implements Callable<Integer> {

    /** After so long a search says how far it came. */
    private static final Duration LONGEST_SEARCH = Duration.ofSeconds(30);

    private final Invocation invocation;

    @Mixin
    private EventOptions events = new EventOptions();

    @Mixin
    private DetailsOption details = new DetailsOption();

    @Option(names = "--oldest-first", description = "List the oldest first")
    private boolean oldestFirst;

    @Mixin
    private Paging paging = new Paging();

    AuditListCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        AuditFilter filter = events.filter(details.text(), !oldestFirst);
        PageRequest request = paging.request();
        return invocation.answerWithPanel(panel -> {
            Page<AuditEvent> page = find(panel.audit(), filter, request);
            return Paging.answer(
                    page,
                    AuditEventView::json,
                    found -> AuditEventView.table(found, invocation.now()),
                    page.next().isEmpty() ? "There are no such events." : "No such event was found so far.");
        });
    }

    /** A text is looked for in a part of the log at a time: goes on until there are as many as wanted, or no more. */
    private Page<AuditEvent> find(AuditLog log, AuditFilter filter, PageRequest request) {
        long began = System.nanoTime();
        Page<AuditEvent> page = log.list(invocation.actor(), filter, request);
        List<AuditEvent> found = new ArrayList<>(page.items());
        while (found.size() < request.limit()
                && page.next().isPresent()
                && System.nanoTime() - began < LONGEST_SEARCH.toNanos()) {
            PageRequest rest = PageRequest.first(request.limit() - found.size())
                    .after(page.next().get());
            page = log.list(invocation.actor(), filter, rest);
            found.addAll(page.items());
        }
        return new Page<>(found, page.next());
    }
}
