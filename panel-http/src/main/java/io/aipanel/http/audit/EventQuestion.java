package io.aipanel.http.audit;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Fields;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Schema;
import io.aipanel.http.web.WireNames;
import java.util.List;

/** Which events are asked for, in the query of a request. */
final class EventQuestion {

    private EventQuestion() {}

    /** Describes the parameters that every question about events has. */
    static Route.Builder asked(Route.Builder route) {
        return route.query("from", Schema.time(), "The earliest time")
                .query("to", Schema.time(), "The first time that is too late")
                .query("actor", Schema.text(), "Exactly this actor")
                .query("action", Schema.text(), "This action or, if it ends in a dot, every action that starts with it")
                .query("target", Schema.text(), "Exactly this target")
                .query("outcome", Schema.nameOf(AuditOutcome.class), "This outcome")
                .query("address", Schema.text(), "Exactly this address")
                .query("requestId", Schema.text(), "Exactly this request");
    }

    /** Describes the parameters that only lists of events have. */
    static Route.Builder listed(Route.Builder route) {
        return asked(route)
                .query(
                        "text",
                        Schema.text(),
                        "Exactly this text somewhere in the details; only together with another of these. A page may then hold"
                                + " fewer events than its limit, or none, and yet have a next one")
                .query(
                        "order",
                        Schema.oneOfTexts(List.of("newest", "oldest")),
                        "Which come first: newest, unless given");
    }

    static AuditFilter of(Call call) {
        return new AuditFilter(
                call.query("from", Fields::time),
                call.query("to", Fields::time),
                call.query("actor"),
                call.query("action"),
                call.query("target"),
                call.query("outcome", name -> WireNames.parse("outcome", AuditOutcome.class, name)),
                call.query("address"),
                call.query("requestId"),
                call.query("text"),
                call.query("order", EventQuestion::isNewestFirst).orElse(true));
    }

    private static boolean isNewestFirst(String order) {
        return switch (order) {
            case "newest" -> true;
            case "oldest" -> false;
            default -> throw new InvalidValueException("order", "must be newest or oldest");
        };
    }
}
