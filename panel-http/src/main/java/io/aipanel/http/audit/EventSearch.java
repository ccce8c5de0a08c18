package io.aipanel.http.audit;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.http.pages.Link;
import io.aipanel.http.web.Fields;
import io.aipanel.http.web.WireNames;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * Which events somebody looks for, as they have entered it; empty texts restrict nothing.
 *
 * @param from the earliest time: with an offset, or in the zone of whoever looks
 * @param to the first time that is too late
 * @param actor by whom
 * @param action what, or with a dot at its end everything that begins so
 * @param target to what
 * @param outcome how it ended
 * @param text a part of the details
 */
record EventSearch(String from, String to, String actor, String action, String target, String outcome, String text) {

    static EventSearch of(Map<String, String> query) {
        return new EventSearch(
                text(query, "from"),
                text(query, "to"),
                text(query, "actor"),
                text(query, "action"),
                text(query, "target"),
                text(query, "outcome"),
                text(query, "text"));
    }

    /** @throws InvalidValueException if something was entered that cannot be */
    AuditFilter filter(ZoneId zone) {
        return new AuditFilter(
                given(from).map(time -> time("from", time, zone)),
                given(to).map(time -> time("to", time, zone)),
                given(actor),
                given(action),
                given(target),
                given(outcome).map(name -> WireNames.parse("outcome", AuditOutcome.class, name)),
                Optional.empty(),
                Optional.empty(),
                given(text),
                true);
    }

    boolean restricts() {
        return !(from + to + actor + action + target + outcome + text).isEmpty();
    }

    /** Where the same is shown again. */
    Link link(String path) {
        return rest(new Link(path).with("from", from).with("to", to));
    }

    /**
     * Where the same events are had as a file, whose format is still to be named.
     *
     * @throws InvalidValueException if a time was entered that is none
     */
    Link export(ZoneId zone) {
        AuditFilter filter = filter(zone);
        return rest(new Link("/api/v1/audit/export").with("from", filter.from()).with("to", filter.to()));
    }

    private Link rest(Link link) {
        return link.with("actor", actor)
                .with("action", action)
                .with("target", target)
                .with("outcome", outcome)
                .with("text", text);
    }

    private static Instant time(String field, String text, ZoneId zone) {
        try {
            return text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d")
                    ? Fields.parse(field, text, Fields::time)
                    : LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidValueException(field, "must be a time such as 2026-01-31T12:00");
        }
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String text(Map<String, String> query, String name) {
        return query.getOrDefault(name, "").strip();
    }
}
