package io.aipanel.app;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Commands and servers on PostgreSQL, on a database and in a directory of their own. */
public abstract class OnPostgres {

    @TempDir
    private Path directory;

    private String storage = "";

    @BeforeEach
    final void newDatabase() {
        storage = TestServer.newDatabase();
    }

    /** The URL of the storage, which is empty at first. */
    public String storage() {
        return storage;
    }

    /** Commands on a storage that is empty at first. */
    public Commands commands() {
        return new Commands(storage, directory);
    }

    /** Where commands run. */
    public Path directory() {
        return directory;
    }
}
