package io.aipanel.postgres.storage;

import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Changes that would have to wait for each other anyway, because all of them need the same row: callers that come at the
 * same time hand theirs to whichever of them has the turn, which makes all of them in one transaction, with one commit. Each
 * caller's change happens as a whole or not at all, and one that is refused is refused alone. Safe for use by many threads.
 *
 * @param <S> what a transaction finds when it has the row
 * @param <I> what a caller wants to be done, one or more of them
 * @param <O> what the caller is answered for each
 */
public final class CombinedChanges<S, I, O> {

    private final Transactions transactions;
    private final int most;
    private final Change<S, I, O> change;
    private final Object lock = new Object();
    private final Deque<Caller<I, O>> waiting = new ArrayDeque<>();
    private boolean turnIsTaken;

    /**
     * What is done for several callers at once. Both parts may be run again.
     *
     * @param <S> what a transaction finds when it has the row
     * @param <I> what a caller wants to be done
     * @param <O> what the caller is answered for it
     */
    public interface Change<S, I, O> {

        /** Waits for the row. Whoever comes in the meantime is served, too. */
        S begin(Handle handle);

        /** Does what is wanted and answers one for one. */
        List<O> make(Handle handle, S begun, List<I> wanted);
    }

    /**
     * @param transactions where the statements run
     * @param most how much that is wanted goes into one transaction, unless a single caller wants more
     * @param change what is done
     */
    public CombinedChanges(Transactions transactions, int most, Change<S, I, O> change) {
        this.transactions = transactions;
        this.most = most;
        this.change = change;
    }

    /** Does what is wanted, all or nothing and in this order; when this returns it is durable. */
    public List<O> make(List<I> wanted) {
        try (Call call = transactions.begin()) {
            Caller<I, O> caller = new Caller<>(wanted, call);
            if (!takesTurn(caller)) {
                Told<O> told = await(caller);
                if (told.isOver()) {
                    return told.answers();
                }
            }
            return serve(caller);
        }
    }

    /** How many wait for whoever has the turn. */
    int waiting() {
        synchronized (lock) {
            return waiting.size();
        }
    }

    private boolean takesTurn(Caller<I, O> caller) {
        synchronized (lock) {
            if (turnIsTaken) {
                waiting.add(caller);
                return false;
            }
            turnIsTaken = true;
            return true;
        }
    }

    /** Waits until the caller has the turn, or somebody else has served it. */
    private Told<O> await(Caller<I, O> caller) {
        String gaveUp;
        @Nullable Exception reason = null;
        try {
            return caller.told.get(Math.max(0, caller.call.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            gaveUp = "others were first for longer than the time-out";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            gaveUp = "the thread was interrupted while others were first";
            reason = e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("callers are never told exceptions", e);
        }
        synchronized (lock) {
            if (waiting.remove(caller)) {
                throw transactions.timedOut(gaveUp, reason);
            }
        }
        // It is in a transaction of somebody else by now, who knows soon what becomes of it.
        return caller.told.join();
    }

    /** Makes the changes of a caller who has the turn, and of others with them. */
    private List<O> serve(Caller<I, O> caller) {
        List<Caller<I, O>> others = new ArrayList<>();
        try {
            List<O> answers = transactions.change(caller.call, handle -> make(handle, caller, others));
            int from = caller.wanted.size();
            for (Caller<I, O> other : others) {
                other.told.complete(Told.of(answers.subList(from, from += other.wanted.size())));
            }
            return answers.subList(0, caller.wanted.size());
        } catch (StoreUnavailable e) {
            if (e.reason() == Reason.TIMED_OUT) {
                // Nothing was changed, and the others may have more time.
                putBack(others);
            } else {
                others.forEach(other -> other.told.complete(Told.of(e)));
            }
            throw e;
        } catch (RuntimeException e) {
            if (others.isEmpty()) {
                throw e;
            }
            others.forEach(other -> other.isAlone = true);
            putBack(others);
            caller.isAlone = true;
            return transactions.change(caller.call, handle -> make(handle, caller, new ArrayList<>()));
        } catch (Error e) {
            StoreUnavailable unknown = new StoreUnavailable(
                    Reason.OUTCOME_UNKNOWN,
                    "a change was lost with others: it may or may not be there, look before you repeat it",
                    e);
            others.forEach(other -> other.told.complete(Told.of(unknown)));
            throw e;
        } finally {
            passTurn();
        }
    }

    private List<O> make(Handle handle, Caller<I, O> caller, List<Caller<I, O>> others) {
        S begun = change.begin(handle);
        if (!caller.isAlone) {
            join(caller, others);
        }
        List<I> wanted = new ArrayList<>(caller.wanted);
        others.forEach(other -> wanted.addAll(other.wanted));
        return change.make(handle, begun, wanted);
    }

    /** Takes those who wait into a transaction, as many as fit, in the order of their coming. */
    private void join(Caller<I, O> caller, List<Caller<I, O>> others) {
        int room = most - caller.wanted.size();
        for (Caller<I, O> other : others) {
            room -= other.wanted.size();
        }
        synchronized (lock) {
            for (Caller<I, O> next = waiting.peek();
                    next != null && !next.isAlone && next.wanted.size() <= room;
                    next = waiting.peek()) {
                others.add(waiting.remove());
                room -= next.wanted.size();
            }
        }
    }

    private void putBack(List<Caller<I, O>> others) {
        synchronized (lock) {
            for (int i = others.size() - 1; i >= 0; i--) {
                waiting.addFirst(others.get(i));
            }
        }
    }

    private void passTurn() {
        Optional<Caller<I, O>> next;
        synchronized (lock) {
            next = Optional.ofNullable(waiting.poll());
            turnIsTaken = next.isPresent();
        }
        next.ifPresent(caller -> caller.told.complete(Told.turn()));
    }

    /** Somebody who wants changes. */
    private static final class Caller<I, O> {
        final List<I> wanted;
        final Call call;
        final CompletableFuture<Told<O>> told = new CompletableFuture<>();

        /** Whether it was in a transaction that was refused, maybe because of it. Only who has the turn looks at it. */
        boolean isAlone;

        Caller(List<I> wanted, Call call) {
            this.wanted = wanted;
            this.call = call;
        }
    }

    /**
     * What somebody who waits is told: that it has the turn, or what became of its changes.
     *
     * @param done the answers, unless it failed
     * @param failure why it failed
     */
    private record Told<O>(Optional<List<O>> done, Optional<StoreUnavailable> failure) {

        static <O> Told<O> turn() {
            return new Told<>(Optional.empty(), Optional.empty());
        }

        static <O> Told<O> of(List<O> answers) {
            return new Told<>(Optional.of(answers), Optional.empty());
        }

        static <O> Told<O> of(StoreUnavailable failure) {
            return new Told<>(Optional.empty(), Optional.of(failure));
        }

        boolean isOver() {
            return done.isPresent() || failure.isPresent();
        }

        /** The answers, or the failure, with the stack of the thread that is told. */
        List<O> answers() {
            return done.orElseThrow(() -> failure.map(
                            e -> new StoreUnavailable(e.reason(), String.valueOf(e.getMessage()), e))
                    .orElseThrow());
        }
    }
}
