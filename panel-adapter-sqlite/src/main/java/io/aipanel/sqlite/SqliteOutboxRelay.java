package io.aipanel.sqlite;

import io.aipanel.domain.storage.EffectId;
import io.aipanel.ports.storage.OutboxRelay;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.sqlite.EffectMover.Applied;
import io.aipanel.sqlite.EffectMover.Refusal;
import io.aipanel.sqlite.storage.Store;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Moves events and jobs, each kind on its own, so that a destination that does not answer holds up its own kind only. */
final class SqliteOutboxRelay implements OutboxRelay {

    private final Store panel;
    private final EffectMover events;
    private final EffectMover jobs;

    SqliteOutboxRelay(Store panel, EffectMover events, EffectMover jobs) {
        this.panel = panel;
        this.events = events;
        this.jobs = jobs;
    }

    @Override
    public Relayed relay(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("max must be 1 or more");
        }
        Run run = new Run(max);
        // Half for the first kind, so that many events do not keep jobs waiting; they may have what is left over.
        int half = (max + 1) / 2;
        boolean moreEvents = run.move(events, half) == half;
        run.move(jobs, run.left);
        if (moreEvents) {
            run.move(events, run.left);
        }
        return run.result();
    }

    @Override
    public long waiting() {
        return panel.read(Outbox::waiting);
    }

    @Override
    public List<SetAside> setAside(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be 1 or more");
        }
        return panel.read(connection -> connection.prepared("""
                SELECT effect_id, failure, failed_at, seq FROM audit_outbox WHERE failed_at IS NOT NULL
                UNION ALL
                SELECT effect_id, failure, failed_at, seq FROM job_outbox WHERE failed_at IS NOT NULL
                ORDER BY failed_at, seq LIMIT ?
                """, statement -> {
            statement.setInt(1, limit);
            List<SetAside> effects = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    effects.add(new SetAside(EffectId.parse(row.getString("effect_id")), row.getString("failure")));
                }
            }
            return effects;
        }));
    }

    /** One call of {@link #relay}. */
    private static final class Run {

        private final List<SetAside> setAside = new ArrayList<>();
        private int left;
        private int moved;
        private @Nullable StoreException failure;

        private Run(int max) {
            this.left = max;
        }

        /** How many have left the outbox, one way or the other. */
        private int move(EffectMover mover, int share) {
            if (share == 0) {
                return 0;
            }
            try {
                Applied applied = mover.move(share);
                moved += applied.moved().size();
                applied.refused().stream().map(Refusal::effect).forEach(setAside::add);
                int done = applied.moved().size() + applied.refused().size();
                left -= done;
                return done;
            } catch (StoreException e) {
                failure = failure == null ? e : failure;
                return 0;
            }
        }

        private Relayed result() {
            if (failure != null) {
                throw failure;
            }
            return new Relayed(moved, setAside);
        }
    }
}
