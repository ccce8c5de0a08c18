package io.aipanel.http;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where requests come in to the panel that is served: no request has a panel that is being closed, and a panel is not
 * closed while a request has it. Safe for use by many threads.
 */
final class Entrance {

    private final Set<Visit> inside = new HashSet<>();
    private @Nullable Served served;
    private boolean shut = true;

    /** Lets requests in to a panel from now on. */
    synchronized void open(Served next) {
        served = next;
        shut = false;
    }

    /** What is served now, or was served last. */
    synchronized Served served() {
        return Objects.requireNonNull(served, "nothing is served yet");
    }

    /** A request comes. It is let in unless the entrance is shut. */
    synchronized Visit enter(HttpServletRequest request) {
        Visit visit = new Visit(served(), request, !shut);
        if (visit.isLetIn()) {
            inside.add(visit);
        }
        return visit;
    }

    /** Lets nobody in any more. The request that the calling thread answers counts as one that has left. */
    synchronized void shut() {
        shut = true;
        inside.removeIf(visit -> visit.thread == Thread.currentThread());
    }

    /**
     * Waits until all requests have left.
     *
     * @param limit how long at most
     * @return how many are left
     */
    synchronized int awaitEmpty(Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        try {
            while (!inside.isEmpty()) {
                long nanos = until - System.nanoTime();
                if (nanos <= 0) {
                    break;
                }
                TimeUnit.NANOSECONDS.timedWait(this, nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return inside.size();
    }

    /** Ends the connections of all requests inside, so that those fail that wait for whoever asked. */
    synchronized void cutOff() {
        inside.forEach(visit -> Connections.reset(visit.request));
    }

    private synchronized void leave(Visit visit) {
        if (inside.remove(visit) && inside.isEmpty()) {
            notifyAll();
        }
    }

    /** A request that is being answered, until it is closed. */
    final class Visit implements AutoCloseable {

        private final Served served;
        private final HttpServletRequest request;
        private final boolean letIn;
        private final Thread thread = Thread.currentThread();

        private Visit(Served served, HttpServletRequest request, boolean letIn) {
            this.served = served;
            this.request = request;
            this.letIn = letIn;
        }

        /** The panel that it was let in to; else the one that was served last, which may be closed. */
        Served served() {
            return served;
        }

        /** Whether it was let in. */
        boolean isLetIn() {
            return letIn;
        }

        @Override
        public void close() {
            leave(this);
        }
    }
}
