package io.aipanel.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipanel.app.cli.Shell.Outcome;
import org.junit.jupiter.api.Test;

class SqliteBackupCommandTest extends OnSqlite implements BackupCommandContract {

    @Test
    void theFilesThemselvesCanBeCopiedWhileWritersWait() {
        Outcome made = commands().run("backup", "create", "--method", "checkpoint");

        assertThat(made.exitCode()).as(made.err()).isZero();
        assertThat(made.err()).contains("writers have waited while it was copied");
        assertThat(commands().json("backup", "list").at("/items/0/method").asText())
                .isEqualTo("checkpoint");
        assertThat(commands()
                        .run("backup", "verify", made.out().strip(), "--restore-test")
                        .exitCode())
                .isZero();
    }

    @Test
    void aBackupCanBeTriedOut() {
        String name = commands().run("backup", "create").out().strip();

        Outcome checked = commands().run("backup", "verify", name, "--restore-test");

        assertThat(checked.exitCode()).as(checked.err()).isZero();
        assertThat(checked.out()).contains("was restored and used in a test");
        JsonNode listed = commands().json("backup", "list").at("/items/0");
        assertThat(listed.at("/restored/passed").asBoolean()).isTrue();
        assertThat(commands().run("backup", "list").out()).contains("passed in");
    }
}
