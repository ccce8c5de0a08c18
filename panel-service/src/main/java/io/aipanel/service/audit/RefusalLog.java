package io.aipanel.service.audit;

import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.storage.Changes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Records refusals without letting an attack fill the disk: of the same refusal (action, account, address) the first one
 * within {@link #WINDOW} is recorded at once, the others are counted and recorded together when the window is over. When
 * more than {@value #MAX_KEYS} different ones come within a window, the rest share one count. The log therefore grows by
 * at most {@code 2 * (MAX_KEYS + 1)} events a window, whatever is tried.
 *
 * <p>Safe for use by many threads. Counts that were not recorded yet are lost when the process is killed.
 */
public final class RefusalLog {

    /** How long refusals of one kind are counted together. */
    public static final Duration WINDOW = Duration.ofMinutes(15);

    /** How many kinds of refusals are told apart within a window. */
    public static final int MAX_KEYS = 1_000;

    private final Changes changes;
    private final InstantSource clock;
    private final Map<Key, Count> counts = new HashMap<>();

    /**
     * @param changes how events are written
     * @param clock tells when a window is over
     */
    public RefusalLog(Changes changes, InstantSource clock) {
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Records or counts a refusal.
     *
     * @param actor who was refused
     * @param action what was refused
     * @param target what it was to be done to
     * @param reason why, in few words that do not depend on what was tried
     * @throws StoreException if it cannot be recorded now; it is counted, and recorded later
     */
    public void refused(Actor actor, String action, String target, String reason) {
        flush(false);
        Key key = new Key(action, actor.name(), target, actor.address().orElse(""));
        boolean first;
        synchronized (this) {
            if (!counts.containsKey(key) && counts.size() >= MAX_KEYS) {
                key = Key.OTHERS;
            }
            Count count = counts.get(key);
            first = count == null && key != Key.OTHERS;
            if (count == null) {
                Actor counted = key == Key.OTHERS ? Actor.program("system") : actor;
                count = new Count(counted, clock.instant().plus(WINDOW));
                counts.put(key, count);
            }
            count.more += first ? 0 : 1;
        }
        if (first) {
            try {
                changes.make(actor, change -> {
                    change.record(action, target, AuditOutcome.REFUSED, Details.of("reason", reason));
                    return null;
                });
            } catch (StoreException e) {
                putBack(Map.of(key, Count.ofOne(actor, clock.instant().plus(WINDOW))));
                throw e;
            }
        }
    }

    /**
     * Records what was only counted so far.
     *
     * @param all whether to record windows that are not over yet, too
     * @throws StoreException if something cannot be recorded now; the next call tries again
     */
    public void flush(boolean all) {
        Map<Key, Count> ended = takeEnded(all);
        try {
            for (Iterator<Map.Entry<Key, Count>> entries = ended.entrySet().iterator(); entries.hasNext(); ) {
                Map.Entry<Key, Count> entry = entries.next();
                record(entry.getKey(), entry.getValue());
                entries.remove();
            }
        } catch (StoreException e) {
            putBack(ended);
            throw e;
        }
    }

    private void record(Key key, Count count) {
        if (count.more > 0) {
            changes.make(count.actor, change -> {
                change.record(key.action, key.target, AuditOutcome.REFUSED, Details.of("furtherRefusals", count.more));
                return null;
            });
        }
    }

    private synchronized Map<Key, Count> takeEnded(boolean all) {
        Instant now = clock.instant();
        Map<Key, Count> ended = new HashMap<>();
        for (Iterator<Map.Entry<Key, Count>> entries = counts.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<Key, Count> entry = entries.next();
            if (all || !now.isBefore(entry.getValue().until)) {
                ended.put(entry.getKey(), entry.getValue());
                entries.remove();
            }
        }
        return ended;
    }

    /** What could not be recorded is counted on, and recorded later. */
    private synchronized void putBack(Map<Key, Count> unrecorded) {
        unrecorded.forEach((key, count) -> counts.merge(key, count, (now, before) -> {
            now.more += before.more;
            return now;
        }));
    }

    private record Key(String action, String actor, String target, String address) {
        static final Key OTHERS = new Key("request.refuse", "system", "", "");
    }

    private static final class Count {
        private final Actor actor;
        private final Instant until;
        private long more;

        Count(Actor actor, Instant until) {
            this.actor = actor;
            this.until = until;
        }

        static Count ofOne(Actor actor, Instant until) {
            Count count = new Count(actor, until);
            count.more = 1;
            return count;
        }
    }
}
