package io.aipanel.ports.audit;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.ports.iam.IamSamples;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Events to test with. */
public final class AuditSamples {

    /** When the first samples were done. */
    public static final Instant T0 = IamSamples.T0;

    private AuditSamples() {}

    /** An event that differs from others in what it is told to. */
    public static NewAuditEvent event(Instant at, String actor, String action, String target) {
        return event(at, actor, action, target, AuditOutcome.SUCCESS);
    }

    /** An event that differs from others in what it is told to. */
    public static NewAuditEvent event(Instant at, String actor, String action, String target, AuditOutcome outcome) {
        return new NewAuditEvent(
                at,
                actor,
                action,
                target,
                outcome,
                Optional.of("192.0.2.7"),
                Optional.of("request-1"),
                new JsonText("{\"of\": \"" + action + "\"}"));
    }

    /** An event that can be told from others by its target. */
    public static NewAuditEvent event(String target) {
        return event(T0, "user:anna@example.com", "site.create", target);
    }

    /** An event with these details. */
    public static NewAuditEvent withDetails(String details) {
        return new NewAuditEvent(
                T0,
                "user:anna@example.com",
                "site.create",
                "",
                AuditOutcome.SUCCESS,
                Optional.empty(),
                Optional.empty(),
                new JsonText(details));
    }

    /** What tells sample events apart. */
    public static List<String> targets(List<AuditEvent> events) {
        return events.stream().map(each -> each.event().target()).toList();
    }
}
