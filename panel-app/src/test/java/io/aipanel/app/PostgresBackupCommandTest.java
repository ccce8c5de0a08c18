package io.aipanel.app;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PostgresBackupCommandTest implements BackupCommandContract {

    @TempDir
    private Path directory;

    private String storage = "";

    @BeforeEach
    void newDatabase() {
        storage = TestServer.newDatabase();
    }

    @Override
    public Commands commands() {
        return new Commands(storage, directory);
    }

    @Override
    public Path directory() {
        return directory;
    }
}
