package io.aipanel.http.audit;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.EventGrouping;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.iam.Permission;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Listing;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.Schema;
import io.aipanel.http.web.ViewSchemas;
import io.aipanel.http.web.WireNames;
import io.aipanel.service.Panel;
import io.aipanel.service.audit.AuditExport;
import io.aipanel.service.audit.ExportFormat;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit log. */
public final class AuditRoutes {

    private final Panel panel;

    /** @param panel what is served */
    public AuditRoutes(Panel panel) {
        this.panel = panel;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                EventQuestion.listed(
                                Route.api(Method.GET, "/audit/events", "audit.list", Rule.anyOf(Permission.AUDIT_READ)))
                        .summary("Events by time; what was changed before the question is among them")
                        .paged()
                        .answers(200, ViewSchemas.listing(EventView.class))
                        .handledBy(this::list),
                EventQuestion.exported(Route.api(
                                Method.GET, "/audit/export", "audit.export", Rule.anyOf(Permission.AUDIT_READ)))
                        .summary(
                                "Events as a file that may be large. All of them, the oldest first, as ndjson: with what"
                                        + " panel audit verify --stdin needs. If the connection ends before the body does, it is not"
                                        + " complete")
                        .query(
                                "format",
                                Schema.nameOf(ExportFormat.class),
                                "How they are written: ndjson, unless given")
                        .answersText(200, "application/x-ndjson")
                        .answersText(200, "text/csv")
                        .handledBy(this::export),
                EventQuestion.asked(Route.api(
                                Method.GET, "/audit/summary", "audit.summary", Rule.anyOf(Permission.AUDIT_READ)))
                        .summary("How many events have something in common: by time, or the largest groups first")
                        .query("by", Schema.nameOf(EventGrouping.class), "What: their action, unless given")
                        .answers(200, ViewSchemas.listing(CountView.class))
                        .handledBy(this::summary));
    }

    private Reply list(Call call) {
        return Reply.ok(
                Listing.of(panel.audit().list(call.actor(), EventQuestion.of(call, true), call.page()), EventView::of));
    }

    private Reply export(Call call) {
        ExportFormat format = call.query("format", name -> WireNames.parse("format", ExportFormat.class, name))
                .orElse(ExportFormat.NDJSON);
        AuditExport export = panel.audit().export(call.actor(), EventQuestion.of(call, false), format);
        return Reply.stream(format.mediaType(), out -> export.writeTo(out, events -> {}))
                .with("Content-Disposition", "attachment; filename=\"audit." + WireNames.of(format) + "\"");
    }

    private Reply summary(Call call) {
        EventGrouping by = call.query("by", name -> WireNames.parse("by", EventGrouping.class, name))
                .orElse(EventGrouping.ACTION);
        return Reply.all(panel.audit().counts(call.actor(), EventQuestion.of(call, true), by).stream()
                .map(count -> new CountView(count.group(), count.events()))
                .toList());
    }

    record CountView(String group, long events) {}

    record EventView(
            long index,
            Instant at,
            String actor,
            String action,
            String target,
            AuditOutcome outcome,
            @Nullable String address,
            @Nullable String requestId,
            JsonText details) {

        static EventView of(AuditEvent recorded) {
            NewAuditEvent event = recorded.event();
            return new EventView(
                    recorded.index(),
                    event.at(),
                    event.actor(),
                    event.action(),
                    event.target(),
                    event.outcome(),
                    event.address().orElse(null),
                    event.requestId().orElse(null),
                    event.details());
        }
    }
}
