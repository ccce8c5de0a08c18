package io.aipanel.postgres.storage;

import io.aipanel.domain.Secret;
import io.aipanel.ports.storage.StorageOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** How to reach the database. Opens single connections; the pool opens its own from {@link #dataSource}. */
public final class Connections {

    /**
     * What is added to the longest call before a silent connection is given up: the server's own time-out comes first.
     */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private static final int LONGEST_CONNECT_SECONDS = 10;

    private final PostgresUrl url;
    private final Optional<Secret> password;
    private final Duration timeout;
    private final boolean pgbouncer;

    public Connections(PostgresUrl url, StorageOptions options, PoolOptions pool) {
        this.url = url;
        this.password = options.password().or(url::password);
        this.timeout = options.timeout();
        this.pgbouncer = pool.pgbouncer();
    }

    /** Where the database is, for people. */
    public String location() {
        return url.location();
    }

    /** Connections that are given up when the server is silent for longer than a call may take. */
    DataSource dataSource() throws SQLException {
        return dataSource(timeout.plus(SILENCE));
    }

    /** A connection for work that is bound to the time of a call. The caller closes it. */
    Connection open() throws SQLException {
        return dataSource().getConnection();
    }

    /** A connection on which one statement may take as long as it likes. The caller closes it. */
    Connection openPatient() throws SQLException {
        return dataSource(Duration.ZERO).getConnection();
    }

    private DataSource dataSource(Duration socketTimeout) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(url.hosts().stream().map(PostgresUrl.Host::name).toArray(String[]::new));
        source.setPortNumbers(
                url.hosts().stream().mapToInt(PostgresUrl.Host::port).toArray());
        source.setDatabaseName(url.database());
        url.user().ifPresent(source::setUser);
        // Without a password the driver looks into ~/.pgpass itself.
        password.map(Secret::reveal).ifPresent(source::setPassword);
        source.setProperty(PGProperty.APPLICATION_NAME, "panel");
        source.setProperty(PGProperty.TARGET_SERVER_TYPE, "primary");
        source.setProperty(PGProperty.HOST_RECHECK_SECONDS, "2");
        source.setProperty(PGProperty.TCP_KEEP_ALIVE, "true");
        source.setProperty(PGProperty.CONNECT_TIMEOUT, Long.toString(connectSeconds()));
        source.setProperty(PGProperty.CANCEL_SIGNAL_TIMEOUT, Long.toString(connectSeconds()));
        source.setProperty(PGProperty.SOCKET_TIMEOUT, Long.toString(seconds(socketTimeout)));
        // The server's detail repeats the values of the row, and some of ours are secret.
        source.setProperty(PGProperty.LOG_SERVER_ERROR_DETAIL, "false");
        if (pgbouncer) {
            source.setProperty(PGProperty.PREPARE_THRESHOLD, "0");
        }
        for (var option : url.options().entrySet()) {
            source.setProperty(option.getKey(), option.getValue());
        }
        return source;
    }

    private long connectSeconds() {
        return Math.max(
                1,
                Math.min(LONGEST_CONNECT_SECONDS, seconds(timeout) / url.hosts().size()));
    }

    private static long seconds(Duration duration) {
        return duration.plusMillis(999).toSeconds();
    }
}
