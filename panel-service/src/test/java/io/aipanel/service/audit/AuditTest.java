package io.aipanel.service.audit;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.VerifierKey;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.PanelTest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A panel that has a key, signs when it is asked to, and whose store can be changed behind its back. */
abstract class AuditTest extends PanelTest {

    @Override
    protected PanelOptions options() {
        return super.options().audit(auditOptions());
    }

    AuditOptions auditOptions() {
        return new AuditOptions(Optional.of(keyFile()), Optional.of("test/log"), List.of(), false);
    }

    final Path keyFile() {
        return directory.resolve("audit.key");
    }

    /** Records further events, each of which is another. */
    final void record(int number) {
        panel.audit().record(events(clock.instant(), number));
    }

    static List<NewAuditEvent> events(Instant at, int number) {
        List<NewAuditEvent> events = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            events.add(new NewAuditEvent(
                    at,
                    "user:anna" + i % 3,
                    "file.upload",
                    "file:" + i,
                    AuditOutcome.SUCCESS,
                    Optional.of("192.0.2.1"),
                    Optional.of("request-" + i),
                    new JsonText("{\"n\":" + i + "}")));
        }
        return events;
    }

    /** Signs what is there; answers the note. */
    final String checkpoint() {
        return panel.audit().makeCheckpoint(PROGRAM).checkpoint().toString();
    }

    final VerifierKey publicKey() {
        return new KeyFile(keyFile()).read().orElseThrow().verifier("test/log");
    }

    /** Changes the store while no panel has it open, and without what the store has against that. */
    final void tamper(String... statements) {
        panel.close();
        String url = "jdbc:sqlite:" + directory.resolve("data").resolve("audit.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement sql = connection.createStatement()) {
            sql.execute("PRAGMA ignore_check_constraints = on");
            List<String> triggers = new ArrayList<>();
            try (ResultSet rows = sql.executeQuery("SELECT name FROM sqlite_master WHERE type = 'trigger'")) {
                while (rows.next()) {
                    triggers.add(rows.getString(1));
                }
            }
            for (String trigger : triggers) {
                sql.execute("DROP TRIGGER " + trigger);
            }
            for (String statement : statements) {
                sql.execute(statement);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        open();
    }

    /** What the tree's row is now, to be put back. */
    final String treeRow() {
        panel.close();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + directory.resolve("data").resolve("audit.db"));
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery("SELECT size, hex(peaks) FROM tree")) {
            row.next();
            return "size = " + row.getLong(1) + ", peaks = x'" + row.getString(2) + "'";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            open();
        }
    }
}
