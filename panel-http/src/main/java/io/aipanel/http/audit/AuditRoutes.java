package io.aipanel.http.audit;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.iam.Permission;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Fields;
import io.aipanel.http.web.Listing;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.Schema;
import io.aipanel.http.web.ViewSchemas;
import io.aipanel.http.web.WireNames;
import io.aipanel.service.Panel;
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
        return List.of(Route.api(Method.GET, "/audit/events", "audit.list", Rule.anyOf(Permission.AUDIT_READ))
                .summary("Events by time; what was changed before the question is among them")
                .query("from", Schema.time(), "The earliest time")
                .query("to", Schema.time(), "The first time that is too late")
                .query("actor", Schema.text(), "Exactly this actor")
                .query("action", Schema.text(), "This action or, if it ends in a dot, every action that starts with it")
                .query("target", Schema.text(), "Exactly this target")
                .query("outcome", Schema.nameOf(AuditOutcome.class), "This outcome")
                .query(
                        "order",
                        Schema.oneOfTexts(List.of("newest", "oldest")),
                        "Which come first: newest, unless given")
                .paged()
                .answers(200, ViewSchemas.listing(EventView.class))
                .handledBy(this::list));
    }

    private Reply list(Call call) {
        AuditFilter filter = new AuditFilter(
                call.query("from", Fields::time),
                call.query("to", Fields::time),
                call.query("actor"),
                call.query("action"),
                call.query("target"),
                call.query("outcome", name -> WireNames.parse("outcome", AuditOutcome.class, name)),
                call.query("order", AuditRoutes::isNewestFirst).orElse(true));
        return Reply.ok(Listing.of(panel.audit().list(call.actor(), filter, call.page()), EventView::of));
    }

    private static boolean isNewestFirst(String order) {
        return switch (order) {
            case "newest" -> true;
            case "oldest" -> false;
            default -> throw new InvalidValueException("order", "must be newest or oldest");
        };
    }

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
