package io.aipanel.postgres.storage;

import io.aipanel.ports.storage.Storage.Subscription;
import io.aipanel.ports.storage.Storage.Topic;
import io.aipanel.ports.storage.StoreException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners that there may be something new. Commits of this process are told at once. To other processes they
 * are told by {@code NOTIFY}, in a transaction of its own after the commit: inside the commit it would hold a lock that
 * lets one commit through at a time, and the many would lose the disk flush that they share. Whoever misses one,
 * because this process died in between, finds out by the listener's slow poll.
 */
public final class Signals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    /** Other processes are told no more often than this, however many commits there are. */
    private static final Duration BETWEEN_NOTIFICATIONS = Duration.ofMillis(20);

    private final Database database;

    /** By this the listening connection tells our own notifications from those of others. */
    private final String sender = UUID.randomUUID().toString();

    private final Map<Topic, Channel> channels = new EnumMap<>(Topic.class);
    private final AtomicBoolean notificationDue = new AtomicBoolean();
    private volatile long notifiedNanos = System.nanoTime() - BETWEEN_NOTIFICATIONS.toNanos();

    /** Two threads: a server that is slow to take notifications must not hold up the listeners here. */
    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(2, task -> {
        Thread thread = new Thread(task, "panel-postgres-signals");
        thread.setDaemon(true);
        return thread;
    });

    /** @param database where notifications are sent */
    public Signals(Database database) {
        this.database = database;
        for (Topic topic : Topic.values()) {
            channels.put(topic, new Channel(topic));
        }
    }

    /** The name of the channel that other processes listen to. */
    static String channel(Topic topic) {
        return "panel_" + topic.name().toLowerCase(Locale.ROOT);
    }

    /** Calls a listener for each commit from now on. */
    public Subscription listen(Topic topic, Runnable listener) {
        CopyOnWriteArrayList<Listener> listeners = channel(topic, channels).listeners;
        Listener added = new Listener(listener);
        listeners.add(added);
        return () -> listeners.remove(added);
    }

    /** A transaction of this process was committed. */
    public void committed(Topic topic) {
        Channel channel = channel(topic, channels);
        channel.callListeners();
        channel.untold.set(true);
        if (notificationDue.compareAndSet(false, true)) {
            start(this::notifyOthers, BETWEEN_NOTIFICATIONS.toNanos() - (System.nanoTime() - notifiedNanos));
        }
    }

    /** Has everyone told, this process included, if and when a transaction is committed that somebody else commits. */
    public static void tellAtCommit(Handle handle, Topic topic) {
        handle.execute("SELECT pg_notify(?, ?)", channel(topic), "");
    }

    /** Another process may have committed something. */
    void heard(Topic topic) {
        channel(topic, channels).callListeners();
    }

    /** Whether a notification is one of ours. */
    boolean isOwn(String payload) {
        return payload.equals(sender);
    }

    /** Calls every listener again and again, for want of news from other processes. */
    public void poll(Duration interval) {
        threads.scheduleWithFixedDelay(
                () -> channels.values().forEach(Channel::callListeners),
                interval.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Tells other processes what they have not been told yet; then no listener is called any more. */
    @Override
    public void close() {
        notifyOthers();
        threads.shutdownNow();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void notifyOthers() {
        notificationDue.set(false);
        notifiedNanos = System.nanoTime();
        channels.forEach((topic, channel) -> {
            if (channel.untold.compareAndSet(true, false)) {
                try {
                    // What is lost with the server's memory need not be told: whoever listens has lost its connection,
                    // too.
                    database.read(handle -> handle.execute(
                            "SELECT set_config('synchronous_commit', 'off', true), pg_notify(?, ?)",
                            channel(topic),
                            sender));
                } catch (StoreException e) {
                    // They look for themselves once in a while; nothing is lost but a moment.
                    LOG.debug("other processes could not be told of news", e);
                }
            }
        });
    }

    private void start(Runnable task, long delayNanos) {
        try {
            threads.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The storage is being closed: it has told the others itself, and nobody listens any more.
        }
    }

    private static Channel channel(Topic topic, Map<Topic, Channel> channels) {
        return Objects.requireNonNull(channels.get(topic));
    }

    /** Makes each subscription its own, even to the same runnable. */
    private static final class Listener {
        private final Runnable call;

        Listener(Runnable call) {
            this.call = call;
        }
    }

    /** One topic: what is to be done for it is done once, however often it was asked for meanwhile. */
    private final class Channel {

        private final Topic topic;
        private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();
        private final AtomicBoolean callDue = new AtomicBoolean();

        /** Whether others have not been told of the latest commit. */
        private final AtomicBoolean untold = new AtomicBoolean();

        Channel(Topic topic) {
            this.topic = topic;
        }

        void callListeners() {
            if (!listeners.isEmpty() && callDue.compareAndSet(false, true)) {
                start(this::callNow, 0);
            }
        }

        private synchronized void callNow() {
            callDue.set(false);
            for (Listener listener : listeners) {
                try {
                    listener.call.run();
                } catch (RuntimeException e) {
                    LOG.error("a listener for {} failed", topic, e);
                }
            }
        }
    }
}
