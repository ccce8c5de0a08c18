package io.aipanel.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.jobs.JobMode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SqliteAuditCommandTest extends OnSqlite implements AuditCommandContract {

    @Test
    void aTextIsLookedForUntilThePageIsFullOrTheLogEnds() {
        try (Panel panel = Panel.open(
                PanelOptions.of("sqlite:" + directory().resolve("data")).jobs(JobMode.OFF))) {
            panel.audit().record(List.of(event("{\"a\": \"needle\"}")));
            panel.audit().record(Collections.nCopies(2 * AuditRepository.MAX_LOOKED_THROUGH, event("{}")));
        }

        JsonNode found = commands().json("audit", "list", "--actor", "anna", "--text", "needle");

        assertThat(found.get("items")).hasSize(1);
        assertThat(found.get("nextCursor").isNull()).isTrue();
    }

    private static NewAuditEvent event(String details) {
        return new NewAuditEvent(
                Instant.parse("2026-01-02T03:04:05Z"),
                "anna",
                "site.change",
                "site:1",
                AuditOutcome.SUCCESS,
                Optional.empty(),
                Optional.empty(),
                new JsonText(details));
    }
}
