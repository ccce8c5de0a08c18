package io.aipanel.app;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Commands and servers on SQLite, in a directory of their own. */
public abstract class OnSqlite {

    @TempDir
    private Path directory;

    /** The URL of the storage, which is empty at first. */
    public String storage() {
        return "sqlite:" + directory.resolve("data");
    }

    /** Commands on a storage that is empty at first. */
    public Commands commands() {
        return new Commands(storage(), directory);
    }

    /** Where commands run. */
    public Path directory() {
        return directory;
    }
}
