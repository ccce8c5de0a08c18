package io.aipanel.postgres.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.time.Duration;

/** How the connection pool is set up. */
final class Pool {

    /** The pool waits no longer than this for a connection before it tells why there is none. */
    private static final long PATIENCE_MILLIS = 2_000;

    private static final long SHORTEST_MILLIS = 250;

    private Pool() {}

    static HikariDataSource open(Connections target, PoolOptions options, Duration timeout) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setPoolName("panel-postgres");
        config.setDataSource(target.dataSource());
        config.setMaximumPoolSize(options.poolSize());
        config.setMinimumIdle(1);
        long wait = Math.max(SHORTEST_MILLIS, Math.min(PATIENCE_MILLIS, timeout.toMillis()));
        config.setConnectionTimeout(wait);
        config.setValidationTimeout(wait);
        // Opening has tried the database already; the pool need not wait for it again.
        config.setInitializationFailTimeout(-1);
        // After a change of roles in a cluster the old primary still answers; only new connections find the new one.
        config.setExceptionOverride(new ReadOnlyIsOver());
        if (!options.pgbouncer()) {
            config.setConnectionInitSql(sessionSettings(timeout));
        }
        return new HikariDataSource(config);
    }

    /**
     * What each session of our own is set to once. Plans are made anew each time: a queue may grow from nothing to a million
     * jobs within seconds, and a plan that was made for an empty table would then read all of it for each claim. A session that PgBouncer shares is left alone: there each
     * transaction brings its settings along.
     */
    private static String sessionSettings(Duration timeout) {
        return """
                SET statement_timeout = %d;
                SET plan_cache_mode = force_custom_plan;
                SET idle_in_transaction_session_timeout = %d;
                SELECT set_config('synchronous_commit', 'on', false)
                WHERE current_setting('synchronous_commit') = 'off'
                """.formatted(timeout.toMillis(), timeout.multipliedBy(2).toMillis());
    }

    /** Puts a connection away that refuses to write, besides those that the pool knows to be broken. */
    private static final class ReadOnlyIsOver implements SQLExceptionOverride {

        @java.lang.Override
        public Override adjudicate(SQLException failure) {
            return SqlStates.isReadOnly(failure) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
        }
    }
}
