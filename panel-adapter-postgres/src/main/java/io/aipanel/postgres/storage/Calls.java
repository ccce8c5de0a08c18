package io.aipanel.postgres.storage;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Every call that is under way, so that closing the storage can end them and wait for them. */
final class Calls {

    private final Failures failures;
    private final Duration timeout;
    private final Set<Call> running = new HashSet<>();

    /** Whether this thread runs work inside a transaction: it must not come back to the storage. */
    private final ThreadLocal<Boolean> insideWork = new ThreadLocal<>();

    private boolean closed;

    Calls(Failures failures, Duration timeout) {
        this.failures = failures;
        this.timeout = timeout;
    }

    /**
     * Begins a call; closing it ends it.
     *
     * @throws IllegalStateException if the thread is running work inside a transaction
     * @throws io.aipanel.ports.storage.StoreUnavailable if the storage is closed
     */
    Call begin() {
        return begin(timeout);
    }

    /** Begins a call that has no time-out. */
    Call beginUntimed() {
        return begin(Duration.ofDays(365));
    }

    /** Begins a call that may take so long. */
    Call begin(Duration limit) {
        if (insideWork.get() != null) {
            throw new IllegalStateException("work inside a transaction must not call the storage: use the transaction");
        }
        Call call = new Call(failures, limit, this::ended);
        synchronized (running) {
            if (closed) {
                throw Failures.closed();
            }
            running.add(call);
        }
        return call;
    }

    /** Marks the thread as running work until {@link #leaveWork()}. */
    void enterWork() {
        insideWork.set(true);
    }

    void leaveWork() {
        insideWork.remove();
    }

    boolean isClosed() {
        synchronized (running) {
            return closed;
        }
    }

    /** Refuses new calls, ends those that can be ended, and waits for all, but not longer than a call may take. */
    void close() {
        Set<Call> left;
        synchronized (running) {
            closed = true;
            left = Set.copyOf(running);
        }
        left.forEach(Call::cancel);
        long end = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        synchronized (running) {
            while (!running.isEmpty() && System.nanoTime() < end && !interrupted) {
                try {
                    running.wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void ended(Call call) {
        synchronized (running) {
            running.remove(call);
            running.notifyAll();
        }
    }
}
