package io.aipanel.postgres;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.storage.EffectId;
import io.aipanel.ports.storage.OutboxRelay;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.postgres.storage.Database;
import io.aipanel.postgres.storage.SqlStates;
import io.aipanel.postgres.storage.WriteTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** {@link OutboxRelay} inside one database: an effect leaves the outbox and arrives in one transaction. */
final class PostgresOutboxRelay implements OutboxRelay {

    /** The most effects of one transaction: the log is held only briefly. */
    private static final int BATCH = 1_000;

    private final Database database;
    private final WriteTimes writeTimes;
    private final Outbox outbox;
    private final Runnable jobsMayBeReady;

    PostgresOutboxRelay(Database database, WriteTimes writeTimes, Outbox outbox, Runnable jobsMayBeReady) {
        this.database = database;
        this.writeTimes = writeTimes;
        this.outbox = outbox;
        this.jobsMayBeReady = jobsMayBeReady;
    }

    @Override
    public Relayed relay(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("max must be 1 or more");
        }
        Run run = new Run(max);
        for (EffectMove move : EffectMove.values()) {
            run.move(move);
        }
        return run.result();
    }

    /** Moves all jobs that wait. */
    void relayJobs() {
        Batch batch;
        do {
            batch = relay(EffectMove.JOBS, BATCH);
        } while (batch.isFull());
    }

    @Override
    public long waiting() {
        return database.read(outbox::waiting);
    }

    @Override
    public List<SetAside> setAside(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be 1 or more");
        }
        return database.read(handle -> outbox.setAside(handle, limit));
    }

    private Batch relay(EffectMove move, int max) {
        long began = System.nanoTime();
        Batch batch = database.change(handle -> relay(handle, move, max));
        if (batch.moved() > 0) {
            writeTimes.committed(move.destination(), began);
        }
        return batch;
    }

    private static Batch relay(Handle handle, EffectMove move, int max) {
        // Looked at before the lock is taken: a relay with nothing to do must not wait for one that has.
        if (isEmpty(handle, move)) {
            return Batch.NOTHING;
        }
        move.lock(handle);
        List<Waiting> waiting = oldest(handle, move, max);
        if (waiting.isEmpty()) {
            return Batch.NOTHING;
        }
        handle.savepoint("batch");
        try {
            move(handle, move, waiting);
            return new Batch(max, waiting.size(), List.of());
        } catch (JdbiException | InvalidValueException e) {
            refusalOrThrow(e);
            handle.rollbackToSavepoint("batch");
            return oneByOne(handle, move, waiting, max);
        }
    }

    /** Finds the effects of a batch that are refused, and sets them aside. */
    private static Batch oneByOne(Handle handle, EffectMove move, List<Waiting> waiting, int max) {
        List<SetAside> refused = new ArrayList<>();
        for (Waiting effect : waiting) {
            handle.savepoint("effect");
            try {
                move(handle, move, List.of(effect));
                handle.releaseSavepoint("effect");
            } catch (JdbiException | InvalidValueException e) {
                String reason = refusalOrThrow(e);
                handle.rollbackToSavepoint("effect");
                setAside(handle, move, effect, reason);
                refused.add(new SetAside(effect.id(), reason));
            }
        }
        return new Batch(max, waiting.size() - refused.size(), refused);
    }

    private static boolean isEmpty(Handle handle, EffectMove move) {
        return handle.createQuery("SELECT NOT EXISTS (SELECT FROM " + move.table() + " WHERE failed_at IS NULL)")
                .mapTo(Boolean.class)
                .one();
    }

    private static List<Waiting> oldest(Handle handle, EffectMove move, int max) {
        return handle.createQuery("SELECT seq, effect_id FROM " + move.table()
                        + " WHERE failed_at IS NULL ORDER BY seq LIMIT :max FOR UPDATE SKIP LOCKED")
                .bind("max", max)
                .map((row, context) ->
                        new Waiting(row.getLong("seq"), new EffectId(row.getObject("effect_id", UUID.class))))
                .list();
    }

    private static void move(Handle handle, EffectMove move, List<Waiting> effects) {
        move.move(handle, effects.stream().map(Waiting::seq).toList());
    }

    private static void setAside(Handle handle, EffectMove move, Waiting effect, String reason) {
        handle.createUpdate("UPDATE " + move.table()
                        + " SET failed_at = clock_timestamp(), failure = :reason WHERE seq = :seq")
                .bind("reason", reason)
                .bind("seq", effect.seq())
                .execute();
    }

    /** What the destination says about the effect itself, or that it is none; anything else is no refusal. */
    private static String refusalOrThrow(RuntimeException thrown) {
        return thrown instanceof InvalidValueException invalid
                ? String.valueOf(invalid.getMessage())
                : SqlStates.find(thrown)
                        .filter(SqlStates::isRefusal)
                        .map(SqlStates::said)
                        .orElseThrow(() -> thrown);
    }

    /** One call of {@link #relay}. A destination that does not answer holds up only what is for it. */
    private final class Run {

        private final int max;
        private final List<SetAside> refused = new ArrayList<>();
        private int moved;
        private @Nullable StoreException failure;

        Run(int max) {
            this.max = max;
        }

        void move(EffectMove move) {
            int before = moved;
            try {
                Batch batch;
                do {
                    int wanted = Math.min(BATCH, max - moved - refused.size());
                    batch = wanted == 0 ? Batch.NOTHING : relay(move, wanted);
                    moved += batch.moved();
                    refused.addAll(batch.refused());
                } while (batch.isFull());
            } catch (StoreException e) {
                failure = failure == null ? e : failure;
            }
            if (move == EffectMove.JOBS && moved > before) {
                jobsMayBeReady.run();
            }
        }

        Relayed result() {
            if (failure != null) {
                throw failure;
            }
            return new Relayed(moved, refused);
        }
    }

    private record Waiting(long seq, EffectId id) {}

    private record Batch(int wanted, int moved, List<SetAside> refused) {

        static final Batch NOTHING = new Batch(1, 0, List.of());

        boolean isFull() {
            return moved + refused.size() == wanted;
        }
    }
}
