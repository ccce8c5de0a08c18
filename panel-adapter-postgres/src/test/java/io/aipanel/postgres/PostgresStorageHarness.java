package io.aipanel.postgres;

import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.storage.StoreName;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A storage on a database of its own. Its clock is the server's, which cannot be moved: instead every end of a delay or a
 * lease is.
 */
public final class PostgresStorageHarness implements StorageHarness {

    private final TestServer server = TestServer.shared();
    private final String database;
    private final StorageOptions options;
    private final Consumer<String> leave;
    private final List<Storage> opened = new CopyOnWriteArrayList<>();
    private final List<String> databases = new CopyOnWriteArrayList<>();
    private final Storage storage;

    private PostgresStorageHarness(String database, StorageOptions options, Consumer<String> leave) {
        this.database = database;
        this.options = options;
        this.leave = leave;
        this.storage = openAnother(unchanged -> unchanged);
    }

    /** Straight to the server. */
    public static PostgresStorageHarness direct() {
        TestServer server = TestServer.shared();
        String database = server.borrow();
        return new PostgresStorageHarness(database, StorageOptions.of(server.url(database)), server::giveBack);
    }

    /** Straight to the server, for a test that fills tables as much as the plans of others would show. */
    public static PostgresStorageHarness forOneTest() {
        TestServer server = TestServer.shared();
        String database = server.migratedDatabase();
        return new PostgresStorageHarness(database, StorageOptions.of(server.url(database)), server::drop);
    }

    /** Through a PgBouncer in transaction mode. */
    static PostgresStorageHarness throughPgBouncer() {
        TestServer server = TestServer.shared();
        String database = server.borrow();
        return new PostgresStorageHarness(database, pgbouncer(PgBouncer.shared().url(database)), server::giveBack);
    }

    /** The options of a storage behind a PgBouncer. */
    static StorageOptions pgbouncer(String url) {
        StorageOptions defaults = StorageOptions.of(url);
        return new StorageOptions(
                url,
                defaults.password(),
                defaults.timeout(),
                defaults.outboxMax(),
                defaults.serving(),
                Map.of("pgbouncer", "true"),
                defaults.clock());
    }

    /** What {@link #storage()} was opened with. */
    public StorageOptions options() {
        return options;
    }

    /** Runs statements as a superuser. */
    public void execute(String sql) {
        server.execute(database, sql);
    }

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public Storage openAnother(UnaryOperator<StorageOptions> change) {
        Storage another = new PostgresStorageProvider().open(change.apply(options));
        opened.add(another);
        return another;
    }

    /** A connection of somebody else's to the same database, with a transaction that is theirs to end. */
    Connection callersConnection() throws SQLException {
        Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database + "?user=" + TestServer.ROLE);
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public StorageProvider provider() {
        return new PostgresStorageProvider();
    }

    @Override
    public Storage openCopies(Map<StoreName, Path> copies) {
        String restored = server.migratedDatabase();
        databases.add(restored);
        try (Connection connection = server.superuser(restored)) {
            LoadedCopy.empty(connection);
            for (Path copy : copies.values()) {
                LoadedCopy.load(connection, copy);
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("copies in " + copies + " can be read in", e);
        }
        return openAnother(unchanged -> StorageOptions.of(server.url(restored)));
    }

    @Override
    public Instant now() {
        try (Connection connection = server.superuser(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT clock_timestamp()")) {
            rows.next();
            return rows.getObject(1, OffsetDateTime.class).toInstant();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void advance(Duration duration) {
        try (Connection connection = server.superuser(database);
                Statement statement = connection.createStatement()) {
            for (String change : List.of(
                    "jobs SET run_at = run_at - %1$s, lease_until = lease_until - %1$s",
                    "recent_keys SET until = until - %s",
                    "queues SET rate_full_at = rate_full_at - %s",
                    "workers SET until = until - %s")) {
                statement.addBatch("UPDATE queue." + change.formatted("interval '" + duration + "'"));
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        opened.forEach(Storage::close);
        leave.accept(database);
        databases.forEach(server::drop);
    }
}
