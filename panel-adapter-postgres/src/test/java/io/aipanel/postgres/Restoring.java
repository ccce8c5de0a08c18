package io.aipanel.postgres;

import io.aipanel.ports.audit.AuditSamples;
import io.aipanel.ports.backup.LogAfterwards;
import io.aipanel.ports.backup.LogAfterwards.Restarted;
import io.aipanel.ports.backup.Restoration;
import io.aipanel.ports.backup.RestoredStores;
import io.aipanel.ports.backup.Snapshot;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** A storage to copy and to restore, on a database of its own. */
final class Restoring implements AutoCloseable {

    static final Restarted RESTARTED = new Restarted("log.example/restored", AuditSamples.event("restarted"));
    static final Consumer<RestoredStores> NOTHING = stores -> {};

    private final TestServer server = TestServer.shared();
    private final String database;

    private Restoring(String database) {
        this.database = database;
    }

    /** One with a current schema and nothing in it. */
    static Restoring current() {
        return new Restoring(TestServer.shared().migratedDatabase());
    }

    /** One without any schema. */
    static Restoring empty() {
        return new Restoring(TestServer.shared().emptyDatabase());
    }

    TestServer server() {
        return server;
    }

    String database() {
        return database;
    }

    StorageOptions options() {
        return as(TestServer.ROLE);
    }

    StorageOptions as(String role) {
        return StorageOptions.of("postgresql://" + role + "@127.0.0.1:" + server.port() + "/" + database);
    }

    Storage open() {
        return new PostgresStorageProvider().open(options());
    }

    /** Copies the present state. */
    Path copy(Path directory) {
        try (Storage storage = open()) {
            return copy(storage, directory);
        }
    }

    /** Copies what a storage has. */
    static Path copy(Storage storage, Path directory) {
        try (Snapshot snapshot = storage.snapshot()) {
            return copy(snapshot, directory);
        }
    }

    /** Copies what a snapshot has. */
    static Path copy(Snapshot snapshot, Path directory) {
        for (StoreName store : StoreName.values()) {
            snapshot.copy(store, directory.resolve(snapshot.fileName(store)), (done, all) -> {});
        }
        return directory;
    }

    /** Replaces what there is by copies. */
    String replace(Path copies, LogAfterwards log, Consumer<RestoredStores> change) {
        return replace(options(), copies, log, change);
    }

    String replace(StorageOptions options, Path copies, LogAfterwards log, Consumer<RestoredStores> change) {
        try (Restoration restoration = new PostgresStorageProvider().beginRestoration(options)) {
            return restoration.replace(copies, log, change).orElseThrow();
        }
    }

    /** Runs statements as superuser. */
    void execute(String sql) {
        server.execute(database, sql);
    }

    /** Runs a statement as some role. */
    void execute(String role, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database + "?user=" + role);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of what a superuser is answered. */
    List<String> texts(String sql) {
        try (Connection connection = server.superuser(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The schemas that there are. */
    List<String> schemas() {
        return texts("SELECT nspname FROM pg_namespace WHERE nspname ~ '^(panel|audit|queue)' ORDER BY nspname");
    }

    /** Everything that is in the three schemas, in short. */
    List<String> digests() {
        List<String> digests = new ArrayList<>();
        for (String table : texts("""
                SELECT format('%I.%I', nspname, relname)
                FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                WHERE nspname IN ('panel', 'audit', 'queue') AND relkind IN ('r', 'p') ORDER BY 1
                """)) {
            digests.add(table + " "
                    + texts("SELECT md5(coalesce(string_agg(row::text, E'\\n' ORDER BY row::text), '')) FROM " + table
                                    + " AS row")
                            .get(0));
        }
        return digests;
    }

    /** Changes a copy, and makes its last line what it must be. */
    static void change(Path copy, String from, String to) {
        try {
            String text = Files.readString(copy);
            if (!text.contains(from)) {
                throw new IllegalArgumentException(copy + " has no " + from);
            }
            String changed = text.replace(from, to);
            int last = changed.lastIndexOf("-- end: ");
            CRC32C checksum = new CRC32C();
            checksum.update(ByteBuffer.wrap(changed.substring(0, last).getBytes(StandardCharsets.UTF_8)));
            Files.writeString(
                    copy, changed.substring(0, changed.lastIndexOf(' ') + 1) + "%08x\n".formatted(checksum.getValue()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.drop(database);
    }
}
