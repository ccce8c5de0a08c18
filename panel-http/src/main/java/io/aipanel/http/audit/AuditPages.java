package io.aipanel.http.audit;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.iam.Permission;
import io.aipanel.http.pages.Shell;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Fields;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.OneAtATime;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import io.aipanel.service.audit.Evidence;
import io.aipanel.service.audit.Verification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The pages that show the audit log, and what the last check of it found. */
public final class AuditPages {

    static final String PATH = "/audit";

    private static final Rule READ = Rule.anyOf(Permission.AUDIT_READ);
    private static final int SHOWN = 50;
    private static final int RETRY_SECONDS = 30;

    private final Panel panel;
    private final Shell shell;
    private final AtomicReference<Optional<LastCheck>> lastCheck = new AtomicReference<>(Optional.empty());
    private final OneAtATime verifying = new OneAtATime(
            "verify-running", "The log is being checked already: try again when that has ended.", RETRY_SECONDS);

    /**
     * @param panel what is served
     * @param shell renders pages
     */
    public AuditPages(Panel panel, Shell shell) {
        this.panel = panel;
        this.shell = shell;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.at(Method.GET, PATH, "page.audit", READ)
                        .summary("The page of audit events")
                        .answers(200)
                        .handledBy(this::list),
                Route.at(Method.POST, PATH + "/verify", "page.audit.verify", READ)
                        .summary("Check the whole log from the page")
                        .answers(303)
                        .handledBy(this::verify),
                Route.at(Method.GET, PATH + "/{index}", "page.audit.event", READ)
                        .summary("The page of an audit event")
                        .answers(200)
                        .handledBy(this::show));
    }

    private Reply list(Call call) {
        EventSearch search = EventSearch.of(call.query());
        try {
            PageRequest part = new PageRequest(SHOWN, call.query("cursor").map(Cursor::decode));
            Page<AuditEvent> page = panel.audit()
                    .list(call.actor(), search.filter(shell.times(call).zone()), part);
            Optional<String> next = page.next()
                    .map(cursor ->
                            search.link(PATH).with("cursor", cursor.encode()).toString());
            return listPage(call, 200, search, "", page.items(), next);
        } catch (InvalidValueException e) {
            return listPage(call, 400, search, String.valueOf(e.getMessage()), List.of(), Optional.empty());
        }
    }

    private Reply listPage(
            Call call, int status, EventSearch search, String error, List<AuditEvent> events, Optional<String> next) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("search", search);
        parameters.put("error", error);
        parameters.put("events", events);
        parameters.put("next", next);
        parameters.put("lastCheck", lastCheck.get());
        parameters.put("export", export(call, search));
        return shell.page(call, status, "audit/list", parameters);
    }

    /** Where the same events are had as a file; nowhere, if what is looked for cannot be. */
    private Optional<String> export(Call call, EventSearch search) {
        try {
            return Optional.of(search.export(shell.times(call).zone()).toString());
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    private Reply show(Call call) {
        long index = call.id("index", "event", Fields::longNumber);
        AuditEvent event = panel.audit().find(call.actor(), index).orElseThrow(() -> new NotFound("event " + index));
        return shell.page(
                call,
                "audit/event",
                Map.of("event", event, "details", EventDetails.of(event.event().details())));
    }

    private Reply verify(Call call) {
        return verifying.run(() -> {
            Verification found = panel.audit().verify(call.actor(), Evidence.NONE);
            lastCheck.set(Optional.of(new LastCheck(found, panel.clock().instant())));
            return Shell.done(PATH, "notice.audit-checked", found.checked());
        });
    }
}
