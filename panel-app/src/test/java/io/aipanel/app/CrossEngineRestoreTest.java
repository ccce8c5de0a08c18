package io.aipanel.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipanel.app.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A backup of one engine is restored on the other, and one of that on the first, at the command line. */
class CrossEngineRestoreTest extends OnPostgres {

    @Test
    void aPanelGoesToTheOtherEngineAndBack() throws IOException {
        Files.writeString(directory().resolve("panel.properties"), "audit.key=audit.key\nbackup.directory=backups\n");
        Commands sqlite = on("data");
        sqlite.runWith(
                Commands.PASSWORD + "\n", "user", "add", "anna@example.com", "--role", "admin", "--password-stdin");
        sqlite.run("jobs", "enqueue", "report", "--payload", "{\"text\": \"ü\\t🦄\"}");
        sqlite.run("audit", "record", "site.create", "--target", "shop.example.com");
        String made = sqlite.run("backup", "create").out().strip();
        long events = size(sqlite);

        JsonNode there = commands().json("backup", "restore", made);

        assertThat(there.at("/auditLogKept").asBoolean()).isFalse();
        assertThat(there.at("/pausedQueues/0").asText()).isEqualTo("default");
        isAsItWas(commands());
        assertThat(commands().run("backup", "verify", made).out()).startsWith(made + " is sound");
        JsonNode again = commands().json("backup", "restore", made);
        assertThat(again.at("/auditLogKept").asBoolean())
                .as("the log on PostgreSQL begins with all that is in the backup of SQLite")
                .isTrue();
        assertThat(size(commands())).isGreaterThan(events + 1);

        commands().run("user", "add", "bo@example.com", "--role", "auditor", "--password-stdin");
        String second = commands().run("backup", "create").out().strip();
        Outcome tried = sqlite.run("backup", "verify", second, "--restore-test");
        assertThat(tried.exitCode()).as(tried.out() + tried.err()).isZero();
        Commands fresh = on("fresh");
        Outcome back = fresh.run("backup", "restore", second);
        assertThat(back.exitCode()).as(back.err()).isZero();
        isAsItWas(fresh);
        assertThat(size(fresh)).as("the whole log, and that it was restored").isGreaterThan(events + 2);
    }

    private static void isAsItWas(Commands commands) {
        assertThat(commands.run("user", "list").out()).contains("anna@example.com");
        assertThat(commands.run("jobs", "list").out()).contains("report");
        assertThat(commands.run("queues", "list").out()).containsPattern("default +.*paused");
        assertThat(commands.run("audit", "list").out()).contains("shop.example.com", "backup.restore");
        Outcome verified = commands.run("audit", "verify");
        assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
    }

    private static long size(Commands commands) {
        return commands.json("audit", "verify").get("checked").asLong();
    }

    private Commands on(String data) {
        return new Commands("sqlite:" + directory().resolve(data), directory());
    }
}
