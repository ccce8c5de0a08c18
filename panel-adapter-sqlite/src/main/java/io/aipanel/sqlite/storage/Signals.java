package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.Storage.Subscription;
import io.aipanel.ports.storage.Storage.Topic;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners that there may be something new. They run on a thread of their own, so that a slow one holds up neither
 * writers nor callers; signals that come meanwhile become one.
 */
public final class Signals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private record Listener(Topic topic, Runnable body) {}

    private final Collection<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Set<Topic> news = EnumSet.noneOf(Topic.class);
    private final Thread thread = new Thread(this::loop, "panel-sqlite-signals");
    private boolean closing;

    /** Starts the thread. */
    public Signals() {
        thread.start();
    }

    /** Adds a listener; closing the answer removes it. */
    public Subscription add(Topic topic, Runnable listener) {
        // An object of its own: the same body may be added twice and removed once.
        Listener added = new Listener(topic, () -> listener.run());
        listeners.add(added);
        return () -> listeners.remove(added);
    }

    /** Has the listeners of a topic called soon. */
    public void tell(Topic topic) {
        synchronized (news) {
            if (news.add(topic)) {
                news.notifyAll();
            }
        }
    }

    /** Waits for a listener that is running, and ends the thread. */
    @Override
    public void close() {
        synchronized (news) {
            closing = true;
            news.notifyAll();
        }
        if (Thread.currentThread() != thread) {
            WriterThread.joinPatiently(thread);
        }
    }

    private void loop() {
        while (true) {
            Set<Topic> told;
            synchronized (news) {
                while (news.isEmpty() && !closing) {
                    try {
                        news.wait();
                    } catch (InterruptedException e) {
                        return;
                    }
                }
                if (closing) {
                    return;
                }
                told = EnumSet.copyOf(news);
                news.clear();
            }
            for (Listener listener : listeners) {
                if (told.contains(listener.topic())) {
                    call(listener);
                }
            }
        }
    }

    private static void call(Listener listener) {
        try {
            listener.body().run();
        } catch (RuntimeException e) {
            LOG.error("a listener for {} failed, which it must not; the others go on", listener.topic(), e);
        }
    }
}
