package io.aipanel.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipanel.app.cli.Shell.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteBackupCommandTest implements BackupCommandContract {

    @TempDir
    private Path directory;

    @Override
    public Commands commands() {
        return new Commands("sqlite:" + directory.resolve("data"), directory);
    }

    @Override
    public Path directory() {
        return directory;
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
