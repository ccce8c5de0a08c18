package io.aipanel.app.audit;

import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.Paging;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditFilter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List events, the newest first.")
final class AuditListCommand implements Callable<Integer> {

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
        return invocation.answerWithPanel(panel -> Paging.answer(
                panel.audit().list(invocation.actor(), filter, request),
                AuditEventView::json,
                found -> AuditEventView.table(found, invocation.now()),
                "There are no such events."));
    }
}
