package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A caller's piece of work on its way through the writer. It is run in one savepoint, perhaps twice, and the caller hears
 * of it only when it is durable or has failed.
 */
final class Unit<T> {

    private enum State {
        QUEUED,
        TAKEN,
        WITHDRAWN,
        DONE
    }

    private final Function<? super StoreConnection, ? extends T> work;
    /** What it can be done together with; empty if it is done alone. */
    private final Optional<Part<?, T>> part;

    private final Deadline deadline;
    private final long handedOver = System.nanoTime();
    private final Thread caller = Thread.currentThread();
    private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);

    // Written by the writer before the state becomes DONE, read by the caller after it has seen that.
    private @Nullable T answer;
    private @Nullable Throwable failure;

    Unit(Function<? super StoreConnection, ? extends T> work, Deadline deadline) {
        this(work, Optional.empty(), deadline);
    }

    private Unit(Function<? super StoreConnection, ? extends T> work, Optional<Part<?, T>> part, Deadline deadline) {
        this.work = work;
        this.part = part;
        this.deadline = deadline;
    }

    /** One that can be done together with others that want the same. */
    static <I, T> Unit<T> joint(JointWork<I, T> work, I wanted, Deadline deadline) {
        return new Unit<>(
                connection -> work.run(connection, List.of(wanted)).get(0),
                Optional.of(new Part<>(work, wanted)),
                deadline);
    }

    /** Whether both can be done as one step. */
    boolean goesWith(Unit<?> other) {
        return part.isPresent()
                && other.part.isPresent()
                && part.get().work() == other.part.get().work();
    }

    /**
     * Does the work of several units as one step, and keeps the answer of each.
     *
     * @param units all of which go with each other
     */
    static void runTogether(StoreConnection connection, List<Unit<?>> units) {
        @SuppressWarnings("unchecked") // The same work, so what is wanted and answered has the same types.
        List<Unit<Object>> same = (List<Unit<Object>>) (List<?>) units;
        @SuppressWarnings("unchecked")
        JointWork<Object, Object> work =
                (JointWork<Object, Object>) same.get(0).part.orElseThrow().work();
        List<?> answers = work.run(
                connection,
                same.stream()
                        .map(unit -> (Object) unit.part.orElseThrow().wanted())
                        .toList());
        for (int i = 0; i < same.size(); i++) {
            same.get(i).failure = null;
            same.get(i).answer = answers.get(i);
        }
    }

    Deadline deadline() {
        return deadline;
    }

    long handedOver() {
        return handedOver;
    }

    /** The writer takes the unit; false if the caller has withdrawn it. */
    boolean take() {
        return state.compareAndSet(State.QUEUED, State.TAKEN);
    }

    /** The caller takes the unit back; false if the writer has it already. */
    boolean withdraw() {
        return state.compareAndSet(State.QUEUED, State.WITHDRAWN);
    }

    /** Does the work and keeps its answer. */
    void run(StoreConnection connection) {
        failure = null;
        answer = work.apply(connection);
    }

    /**
     * @param why a {@link RuntimeException} or an {@link Error}
     */
    void failed(Throwable why) {
        answer = null;
        failure = why;
    }

    /** Whether it has failed, as far as the writer knows. */
    boolean hasFailed() {
        return failure != null;
    }

    /** Tells the caller what has become of the unit. */
    void complete() {
        state.set(State.DONE);
        LockSupport.unpark(caller);
    }

    /**
     * Waits until the unit is complete or the caller's time is over. An interrupt does not end the wait, because it
     * would leave the caller in doubt about the outcome; it is kept for the caller.
     *
     * @param withdrawn what to do when the unit was taken back in time
     */
    T await(StoreFile file, Runnable withdrawn) {
        boolean interrupted = false;
        try {
            while (state.get() != State.DONE) {
                long left = deadline.nanosLeft();
                if (left <= 0) {
                    giveUp(file, withdrawn);
                }
                LockSupport.parkNanos(this, left);
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                caller.interrupt();
            }
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return answer;
    }

    private void giveUp(StoreFile file, Runnable withdrawn) {
        if (withdraw()) {
            withdrawn.run();
            throw new StoreUnavailable(
                    Reason.TIMED_OUT,
                    file + " was busy with other changes for longer than this call may take: try again",
                    null);
        }
        if (state.get() != State.DONE) {
            throw new StoreUnavailable(
                    Reason.OUTCOME_UNKNOWN,
                    "the time was over while the change was being written to " + file
                            + ": look whether it is there before trying again",
                    null);
        }
    }

    private record Part<I, T>(JointWork<I, T> work, I wanted) {}
}
