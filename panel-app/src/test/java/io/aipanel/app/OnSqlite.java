package io.aipanel.app;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Commands on SQLite, in a directory of their own. */
abstract class OnSqlite {

    @TempDir
    private Path directory;

    /** Commands on a storage that is empty at first. */
    public Commands commands() {
        return new Commands("sqlite:" + directory.resolve("data"), directory);
    }

    /** Where commands run. */
    public Path directory() {
        return directory;
    }
}
