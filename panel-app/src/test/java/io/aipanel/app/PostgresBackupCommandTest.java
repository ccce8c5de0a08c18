package io.aipanel.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.app.cli.Shell.Outcome;
import org.junit.jupiter.api.Test;

class PostgresBackupCommandTest extends OnPostgres implements BackupCommandContract {

    @Test
    void thereAreNoFilesToCopyWhileWritersWait() {
        Outcome refused = commands().run("backup", "create", "--method", "checkpoint");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("PostgreSQL has no files", "make the backup without the method checkpoint");
        assertThat(commands().run("backup", "list").out()).contains("There are no backups yet");
    }
}
