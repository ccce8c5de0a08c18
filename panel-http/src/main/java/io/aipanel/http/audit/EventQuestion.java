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

    private static final String NEWEST = "newest";
    private static final String OLDEST = "oldest";

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
        return ordered(
                route,
                "Exactly this text somewhere in the details; only together with another of these. A page may then hold fewer"
                        + " events than its limit, or none, and yet have a next one",
                NEWEST);
    }

    /** Describes the parameters that exports of events have. */
    static Route.Builder exported(Route.Builder route) {
        return ordered(
                route, "Exactly this text somewhere in the details; only together with another of these", OLDEST);
    }

    private static Route.Builder ordered(Route.Builder route, String text, String usual) {
        return asked(route)
                .query("text", Schema.text(), text)
                .query(
                        "order",
                        Schema.oneOfTexts(List.of(NEWEST, OLDEST)),
                        "Which come first: " + usual + ", unless given");
    }

    /**
     * What a request asks for.
     *
     * @param newestFirst whether the newest come first unless the request says which
     */
    static AuditFilter of(Call call, boolean newestFirst) {
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
                call.query("order", EventQuestion::isNewestFirst).orElse(newestFirst));
    }

    private static boolean isNewestFirst(String order) {
        return switch (order) {
            case NEWEST -> true;
            case OLDEST -> false;
            default -> throw new InvalidValueException("order", "must be newest or oldest");
        };
    }
}
