package io.aipanel.app.serve;

import io.aipanel.app.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PostgresRestoreInPlaceTest implements RestoreInPlaceContract {

    @TempDir
    private Path directory;

    private String storage = "";

    @BeforeEach
    void newDatabase() {
        storage = TestServer.newDatabase();
    }

    @Override
    public String storage() {
        return storage;
    }

    @Override
    public Path directory() {
        return directory;
    }
}
