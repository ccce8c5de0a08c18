package io.aipanel.app.storage;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.ExitCodes;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.Table;
import io.aipanel.app.config.Configuration;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.capacity.ThresholdState;
import io.aipanel.ports.storage.StorageReport;
import io.aipanel.service.Panel;
import io.aipanel.service.storage.Condition;
import io.aipanel.service.storage.Health;
import io.aipanel.service.storage.HealthReport.Check;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Looks for whatever may be wrong. Exit code 3 if something is. */
@Command(
        name = "doctor",
        description =
                "Check that everything is well: storage, files, integrity, room, the audit log, backups, capacity, clock. Ends with 3 if not.")
public final class DoctorCommand implements Callable<Integer> {

    private final Invocation invocation;

    DoctorCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Configuration configuration = invocation.configuration(Map.of());
        invocation.quietLogging();
        Diagnosis diagnosis = new Diagnosis();
        diagnosis.well("java", System.getProperty("java.version") + " of " + System.getProperty("java.vendor"));
        diagnosis.attempt("storage", () -> {
            try (Panel panel = Panel.open(invocation.panelOptions(configuration, false))) {
                examine(panel, diagnosis);
            }
        });
        invocation.answer(answer(diagnosis));
        return diagnosis.isHealthy() ? ExitCodes.DONE : ExitCodes.FOUND;
    }

    /** Looks at everything, also when what was looked at before could not be read. */
    private void examine(Panel panel, Diagnosis diagnosis) {
        diagnosis.attempt("storage", () -> {
            StorageReport report = panel.health().report();
            diagnosis.well("storage", report.engine() + " at " + report.location());
            examineFiles(HostChecks.files(report), diagnosis);
        });
        for (Check check : panel.health().check().checks()) {
            // Of that there is more to say below: what is only near is no illness.
            if (!check.name().equals(Health.CAPACITY)) {
                diagnosis.note(check.name(), check.problem(), "answers");
            }
        }
        diagnosis.attempt("integrity", () -> {
            List<String> damage = panel.health().findDamage();
            Optional<String> told = damage.stream()
                    .findFirst()
                    .map(first ->
                            first + " (" + damage.size() + " found); keep a copy of the data before anything else");
            diagnosis.note("integrity", told, "no damage found");
        });
        diagnosis.attempt(
                "audit key", () -> note(diagnosis, "audit key", panel.audit().keyCondition(invocation.actor())));
        diagnosis.attempt(
                "audit tree", () -> note(diagnosis, "audit tree", panel.audit().treeCondition(invocation.actor())));
        diagnosis.attempt(
                "backup", () -> note(diagnosis, "backup", panel.backups().condition(invocation.actor())));
        diagnosis.attempt(
                "backup form",
                () -> note(diagnosis, "backup form", panel.backups().formCondition(invocation.actor())));
        diagnosis.attempt(
                "backup copies",
                () -> note(diagnosis, "backup copies", panel.backups().copies().condition(invocation.actor())));
        diagnosis.attempt(
                Health.CAPACITY,
                () -> note(diagnosis, Health.CAPACITY, panel.capacity().condition(ThresholdState.BREACHED)));
        diagnosis.attempt("clock", () -> {
            Optional<Instant> newest = newestEvent(panel);
            diagnosis.note(
                    "clock",
                    HostChecks.clock(invocation.now(), newest),
                    invocation.now().toString());
        });
    }

    private static void note(Diagnosis diagnosis, String name, Condition condition) {
        diagnosis.note(name, condition.problem(), condition.note());
    }

    private static void examineFiles(List<Path> files, Diagnosis diagnosis) {
        if (files.isEmpty()) {
            diagnosis.well("files", "on the database server");
            return;
        }
        diagnosis.note("files", HostChecks.permissions(files), "open to their owner only");
        diagnosis.note("room", HostChecks.freeSpace(files, HostChecks.LEAST_FREE_BYTES), "enough");
    }

    private Optional<Instant> newestEvent(Panel panel) {
        return panel.audit().list(invocation.actor(), AuditFilter.NEWEST, PageRequest.first(1)).items().stream()
                .map(recorded -> recorded.event().at())
                .findFirst();
    }

    private static Answer answer(Diagnosis diagnosis) {
        List<Object> checks = new ArrayList<>();
        Table table = new Table("CHECK", "STATE", "WHAT");
        for (Diagnosis.Finding finding : diagnosis.findings()) {
            boolean well = finding.problem().isEmpty();
            Map<String, @Nullable Object> json =
                    JsonDocument.object("name", finding.name(), "ok", well, "problem", finding.problem());
            checks.add(json);
            table.row(finding.name(), well ? "ok" : "WRONG", finding.problem().orElse(finding.note()));
        }
        return new Answer(JsonDocument.object("healthy", diagnosis.isHealthy(), "checks", checks), table::lines);
    }
}
