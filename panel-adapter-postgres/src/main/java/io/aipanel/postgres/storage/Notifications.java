package io.aipanel.postgres.storage;

import io.aipanel.ports.storage.Storage.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of commits of other processes on a connection of its own. While the connection is lost, and once in a while in
 * any case, it behaves as if there had been one.
 */
public final class Notifications implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);

    private static final Duration SLOW_POLL = Duration.ofSeconds(15);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(10);

    private final Connections target;
    private final Signals signals;
    private final Thread thread = new Thread(this::run, "panel-postgres-listen");
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Connection connection;

    public Notifications(Connections target, Signals signals) {
        this.target = target;
        this.signals = signals;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Ends the connection and the thread. */
    @Override
    public void close() {
        closed.countDown();
        synchronized (this) {
            if (connection != null) {
                try {
                    connection.abort(Runnable::run);
                } catch (SQLException e) {
                    LOG.debug("the listening connection was broken already", e);
                }
            }
        }
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration backOff = FIRST_BACK_OFF;
        while (!isClosed()) {
            try (Connection opened = open()) {
                backOff = FIRST_BACK_OFF;
                listen(opened);
            } catch (SQLException e) {
                if (!isClosed()) {
                    LOG.warn(
                            "news of other processes are late, because the connection for them is lost: {}",
                            SqlStates.said(e));
                }
            }
            hearAll();
            if (rest(backOff)) {
                return;
            }
            backOff = backOff.multipliedBy(2).compareTo(LONGEST_BACK_OFF) < 0
                    ? backOff.multipliedBy(2)
                    : LONGEST_BACK_OFF;
        }
    }

    private Connection open() throws SQLException {
        Connection opened = target.open();
        synchronized (this) {
            connection = opened;
            if (isClosed()) {
                opened.abort(Runnable::run);
            }
        }
        return opened;
    }

    private void listen(Connection opened) throws SQLException {
        try (Statement statement = opened.createStatement()) {
            for (Topic topic : Topic.values()) {
                statement.execute("LISTEN " + Signals.channel(topic));
            }
        }
        PGConnection driver = opened.unwrap(PGConnection.class);
        // What was committed before we listened.
        hearAll();
        while (!isClosed()) {
            PGNotification[] heard = driver.getNotifications((int) SLOW_POLL.toMillis());
            if (heard == null || heard.length == 0) {
                try (Statement statement = opened.createStatement()) {
                    // A connection whose other end has vanished looks like one on which nothing happens.
                    statement.execute("SELECT 1");
                }
                hearAll();
            } else {
                hear(heard);
            }
        }
    }

    private void hear(PGNotification[] heard) {
        for (Topic topic : Topic.values()) {
            for (PGNotification notification : heard) {
                if (notification.getName().equals(Signals.channel(topic))
                        && !signals.isOwn(notification.getParameter())) {
                    signals.heard(topic);
                    break;
                }
            }
        }
    }

    private void hearAll() {
        for (Topic topic : Topic.values()) {
            signals.heard(topic);
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Waits, and tells whether the storage was closed meanwhile. */
    private boolean rest(Duration duration) {
        try {
            return closed.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }
}
