package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The units that wait for a file's writer: bounded, in the order of their coming. Many callers, one writer. */
final class UnitQueue {

    private static final int MAX_WAITING = 10_000;

    private final StoreFile file;
    private final Queue<Unit<?>> units = new ConcurrentLinkedQueue<>();
    private final Semaphore places = new Semaphore(MAX_WAITING);
    private volatile @Nullable Thread sleeper;
    private volatile boolean closed;

    UnitQueue(StoreFile file) {
        this.file = file;
    }

    /**
     * Has a unit run and waits for what becomes of it.
     *
     * @throws StoreUnavailable if the time is over, or the queue is closed before the unit's turn comes
     */
    <T> T submit(Unit<T> unit) {
        if (!unit.deadline().acquire(places)) {
            throw new StoreUnavailable(
                    Reason.TIMED_OUT, "too many changes to " + file + " were waiting already: try again later", null);
        }
        try {
            units.add(unit);
            // Whoever closes may have looked for the last time before this unit was there.
            if (closed && unit.withdraw()) {
                units.remove(unit);
                throw closed();
            }
            Thread writer = sleeper;
            if (writer != null) {
                LockSupport.unpark(writer);
            }
            return unit.await(file, () -> units.remove(unit));
        } finally {
            places.release();
        }
    }

    boolean isEmpty() {
        return units.isEmpty();
    }

    /** The first unit, which is the writer's now; null if nobody waits. */
    @Nullable
    Unit<?> take() {
        for (Unit<?> unit = units.poll(); unit != null; unit = units.poll()) {
            if (unit.take()) {
                return unit;
            }
        }
        return null;
    }

    /**
     * The units right behind one that was taken that can be done together with it; they are the writer's now.
     *
     * @param max how many at most
     */
    List<Unit<?>> takeThoseThatGoWith(Unit<?> first, int max) {
        List<Unit<?>> taken = new ArrayList<>();
        for (Unit<?> next = units.peek();
                next != null && taken.size() < max && next.goesWith(first);
                next = units.peek()) {
            // Its caller may take it out meanwhile.
            if (units.remove(next) && next.take()) {
                taken.add(next);
            }
        }
        return taken;
    }

    /** Has the writer sleep until a unit comes, it is woken, or so much time has passed. */
    void sleep(long nanos) {
        sleeper = Thread.currentThread();
        if (units.isEmpty() && !closed) {
            LockSupport.parkNanos(this, nanos);
        }
        sleeper = null;
    }

    /** Takes in no more units. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** Tells those that still wait that their turn will not come. */
    void refuseWaiting() {
        close();
        for (Unit<?> unit = take(); unit != null; unit = take()) {
            unit.failed(closed());
            unit.complete();
        }
    }

    private StoreUnavailable closed() {
        return new StoreUnavailable(Reason.CLOSED, "the storage is closed: open it again", null);
    }
}
