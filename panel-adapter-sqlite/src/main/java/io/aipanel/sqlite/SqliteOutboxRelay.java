package io.aipanel.sqlite;

import io.aipanel.ports.storage.OutboxRelay;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.sqlite.EffectMover.Applied;
import io.aipanel.sqlite.EffectMover.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Moves what waits in each outbox on its own, so that a destination that does not answer holds up only what is for it.
 */
final class SqliteOutboxRelay implements OutboxRelay {

    private final List<EffectMover> movers;

    SqliteOutboxRelay(List<EffectMover> movers) {
        this.movers = List.copyOf(movers);
    }

    @Override
    public Relayed relay(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("max must be 1 or more");
        }
        Run run = new Run(max);
        // Each gets its share first, so that much in one outbox does not keep the others waiting; then what is left
        // over.
        Set<EffectMover> unfinished = new HashSet<>();
        for (int i = 0; i < movers.size(); i++) {
            int others = movers.size() - i - 1;
            int share = (run.left + others) / (others + 1);
            if (share > 0 && run.move(movers.get(i), share) == share) {
                unfinished.add(movers.get(i));
            }
        }
        movers.stream().filter(unfinished::contains).forEach(mover -> run.move(mover, run.left));
        return run.result();
    }

    @Override
    public long waiting() {
        return movers.stream().mapToLong(EffectMover::waiting).sum();
    }

    @Override
    public List<SetAside> setAside(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be 1 or more");
        }
        return movers.stream()
                .flatMap(mover -> mover.setAside(limit).stream())
                .sorted(Comparator.comparing(EffectMover.Failed::at).thenComparing(EffectMover.Failed::seq))
                .limit(limit)
                .map(EffectMover.Failed::effect)
                .toList();
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
