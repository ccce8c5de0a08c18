package io.aipanel.app.audit;

import io.aipanel.app.cli.Choice;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.Table;
import io.aipanel.app.cli.Text;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.NewAuditEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How events are shown: as in the HTTP API, or as a table. */
final class AuditEventView {

    private AuditEventView() {}

    static Map<String, @Nullable Object> json(AuditEvent recorded) {
        NewAuditEvent event = recorded.event();
        return JsonDocument.object(
                "index", recorded.index(),
                "at", event.at(),
                "actor", event.actor(),
                "action", event.action(),
                "target", event.target(),
                "outcome", Choice.word(event.outcome()),
                "address", event.address(),
                "requestId", event.requestId(),
                "details", event.details());
    }

    static Table table(List<AuditEvent> events, Instant now) {
        Table table = new Table("INDEX", "AT", "ACTOR", "ACTION", "TARGET", "OUTCOME", "DETAILS");
        for (AuditEvent recorded : events) {
            NewAuditEvent event = recorded.event();
            table.row(
                    Long.toString(recorded.index()),
                    Text.time(event.at(), now),
                    event.actor(),
                    event.action(),
                    event.target(),
                    Choice.word(event.outcome()),
                    Text.shortened(event.details().value()));
        }
        return table;
    }
}
