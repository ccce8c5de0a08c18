package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StoreName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A file that nobody changes: looking at it takes no lock and makes no file beside it. */
public final class StillFile {

    private StillFile() {}

    /**
     * Looks at a file.
     *
     * @param name which store it is, or is a copy of
     * @param path where it is
     * @param work what looks at it
     * @throws io.aipanel.ports.storage.StoreException if it cannot be read, or is no database
     */
    public static <T> T read(StoreName name, Path path, Function<? super StoreConnection, ? extends T> work) {
        StoreFile file = new StoreFile(name, path.toAbsolutePath(), "mode=ro&immutable=1");
        try (Connection connection = new Connections(file).stillReader();
                Handle handle = Jdbi.create(connection).open()) {
            return work.apply(new StoreConnection(handle, new StatementCache(connection)));
        } catch (SQLException | RuntimeException e) {
            throw SqliteErrors.translate(e, file);
        }
    }
}
