package io.aipanel.app;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteAuditCommandTest implements AuditCommandContract {

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
}
