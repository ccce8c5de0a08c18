package io.aipanel.sqlite;

import io.aipanel.domain.Text;
import io.aipanel.domain.storage.EffectId;
import io.aipanel.ports.storage.OutboxRelay.SetAside;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.EffectLane;
import io.aipanel.sqlite.storage.EffectLane.Waiting;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.SqliteErrors;
import io.aipanel.sqlite.storage.Store;
import io.aipanel.sqlite.storage.StoreConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Moves the effects of one kind to their destination, exactly once, although a transaction spans one file only.
 *
 * <p>There are two commits. The first, at the destination, applies effects and notes each in {@code delivered}. The
 * second, at the source, deletes them from the outbox. Killed between the two, the next run finds the effects in the
 * outbox and in {@code delivered}, and only deletes.
 *
 * <p>Why this holds with several processes at it:
 *
 * <ul>
 *   <li>The outbox is read while the destination's write lock is held, in a read that begins after the lock was taken. So
 *       between one's read and one's commit nobody else applies anything there; and what another has applied before is in
 *       {@code delivered}, or was deleted from the outbox before our read began and is not in it.
 *   <li>A row of {@code delivered} goes only when such a read no longer finds its effect in the outbox. The read sees
 *       durable commits only, and an effect's id never comes back: nobody can find that effect waiting any more. Whoever
 *       read it while it waited did so under the lock, and has committed or failed before we got it.
 *   <li>To delete from the outbox twice does no harm.
 *   <li>Two sources may have the same destination. What came from {@code panel.db} is noted by the effect's id alone, what
 *       came from another store with the store's name before it: each mover tidies up after itself only.
 * </ul>
 */
final class EffectMover {

    private static final int MAX_REASON_BYTES = 1_000;
    /** How long a UUID is. */
    private static final int ID_LENGTH = 36;

    private final EffectLane<?> lane;
    private final Store source;
    private final Store destination;
    private final InstantSource clock;
    /** What stands before the ids of this source's effects in {@code delivered}. */
    private final String mark;

    /** What the first commit has done. */
    record Applied(List<Long> moved, List<Refusal> refused) {}

    /** An effect that the destination does not take, and what it said. */
    record Refusal(long seq, SetAside effect) {}

    /** An effect that was refused some time ago. */
    record Failed(Instant at, long seq, SetAside effect) {}

    EffectMover(EffectLane<?> lane, Store source, Store destination, InstantSource clock) {
        this.lane = lane;
        this.source = source;
        this.destination = destination;
        this.clock = clock;
        this.mark = source.file().name() == StoreName.PANEL
                ? ""
                : source.file().name().wireName() + ":";
    }

    /** How many effects wait, those that were set aside not counted. */
    long waiting() {
        return source.read(connection -> {
            try (Rows row = connection.rows(
                    "SELECT count(*) FROM " + lane.outbox() + " WHERE failed_at IS NULL", statement -> {})) {
                row.next();
                return row.number();
            }
        });
    }

    /** The effects that were set aside, oldest first. */
    List<Failed> setAside(int limit) {
        return source.read(connection -> {
            List<Failed> failed = new ArrayList<>();
            try (Rows row = connection.rows(
                    "SELECT failed_at, seq, effect_id, failure FROM " + lane.outbox()
                            + " WHERE failed_at IS NOT NULL ORDER BY failed_at, seq LIMIT ?",
                    statement -> statement.setInt(1, limit))) {
                while (row.next()) {
                    failed.add(
                            new Failed(row.time(), row.number(), new SetAside(EffectId.parse(row.text()), row.text())));
                }
            }
            return failed;
        });
    }

    /** Moves up to so many effects. */
    Applied move(int max) {
        Applied applied = apply(max);
        settle(applied);
        return applied;
    }

    /** The first commit. Does not even begin if nothing waits and nothing is left to tidy up. */
    Applied apply(int max) {
        boolean idle = source.read(connection -> lane.waiting(connection, 1).isEmpty())
                && destination.read(connection -> delivered(connection).isEmpty());
        return idle
                ? new Applied(List.of(), List.of())
                : destination.write(connection -> applyWaiting(connection, max));
    }

    /** The second commit. */
    void settle(Applied applied) {
        if (applied.moved().isEmpty() && applied.refused().isEmpty()) {
            return;
        }
        source.write(connection -> {
            delete(connection, applied.moved());
            applied.refused().forEach(refusal -> setAside(connection, refusal));
            return applied;
        });
    }

    private Applied applyWaiting(StoreConnection target, int max) {
        Set<String> delivered = delivered(target);
        Outlook outlook = source.readFromWithin(
                connection -> new Outlook(gone(connection, delivered), lane.waiting(connection, max)));
        forget(target, outlook.gone());
        List<Waiting> fresh = outlook.waiting().stream()
                .filter(waiting -> !delivered.contains(waiting.effectId()))
                .toList();
        List<Refusal> refused = applyAll(target, fresh);
        Set<Long> aside = refused.stream().map(Refusal::seq).collect(Collectors.toSet());
        List<Long> moved = outlook.waiting().stream()
                .map(Waiting::seq)
                .filter(seq -> !aside.contains(seq))
                .toList();
        return new Applied(moved, refused);
    }

    /** Applies all at once; if that is refused, one by one, which shows the ones that the destination does not take. */
    private List<Refusal> applyAll(StoreConnection target, List<Waiting> fresh) {
        if (fresh.isEmpty() || target.attempt(() -> apply(target, fresh)).isEmpty()) {
            return List.of();
        }
        List<Refusal> refused = new ArrayList<>();
        for (Waiting waiting : fresh) {
            target.attempt(() -> apply(target, List.of(waiting)))
                    .ifPresent(reason -> refused.add(refusal(waiting, reason)));
        }
        return refused;
    }

    private void apply(StoreConnection target, List<Waiting> fresh) {
        lane.deliver(target, fresh);
        target.changeEach(
                "INSERT INTO delivered (effect_id) VALUES (?)",
                fresh,
                (statement, waiting) -> statement.setString(1, mark + waiting.effectId()));
    }

    /**
     * @throws StoreCorrupt if it is the destination that is damaged: then the effect waits until that is mended
     */
    private Refusal refusal(Waiting waiting, RuntimeException e) {
        if (SqliteErrors.translate(e, destination.file()) instanceof StoreCorrupt damage) {
            throw damage;
        }
        return new Refusal(waiting.seq(), new SetAside(EffectId.parse(waiting.effectId()), reason(e)));
    }

    private static String reason(RuntimeException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return Text.truncated(String.valueOf(cause.getMessage()), MAX_REASON_BYTES);
    }

    /** The effects of this source that were applied before. */
    private Set<String> delivered(StoreConnection target) {
        return target.prepared(
                "SELECT substr(effect_id, length(?1) + 1) FROM delivered"
                        + " WHERE effect_id LIKE ?1 || '%' AND length(effect_id) = length(?1) + ?2",
                statement -> {
                    statement.setString(1, mark);
                    statement.setInt(2, ID_LENGTH);
                    return texts(statement);
                });
    }

    private void forget(StoreConnection target, Set<String> effectIds) {
        if (!effectIds.isEmpty()) {
            target.prepared(
                    "DELETE FROM delivered WHERE effect_id IN (SELECT ? || value FROM json_each(?))", statement -> {
                        statement.setString(1, mark);
                        statement.setString(2, jsonTexts(effectIds));
                        return statement.executeUpdate();
                    });
        }
    }

    /** Which of the delivered effects are no longer in the outbox. */
    private Set<String> gone(StoreConnection outbox, Set<String> delivered) {
        if (delivered.isEmpty()) {
            return Set.of();
        }
        return outbox.prepared(
                "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT effect_id FROM " + lane.outbox() + ")",
                statement -> {
                    statement.setString(1, jsonTexts(delivered));
                    return texts(statement);
                });
    }

    private void delete(StoreConnection outbox, List<Long> moved) {
        String numbers = moved.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        outbox.prepared(
                "DELETE FROM " + lane.outbox() + " WHERE seq IN (SELECT value FROM json_each(?))", statement -> {
                    statement.setString(1, numbers);
                    return statement.executeUpdate();
                });
    }

    private void setAside(StoreConnection outbox, Refusal refusal) {
        outbox.prepared(
                "UPDATE " + lane.outbox() + " SET failed_at = ?, failure = ? WHERE seq = ? AND failed_at IS NULL",
                statement -> {
                    statement.setLong(1, Columns.of(clock.instant().truncatedTo(ChronoUnit.MICROS)));
                    statement.setString(2, refusal.effect().reason());
                    statement.setLong(3, refusal.seq());
                    return statement.executeUpdate();
                });
    }

    private static Set<String> texts(PreparedStatement statement) throws SQLException {
        Set<String> texts = new HashSet<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    /** Ids need no escapes. */
    private static String jsonTexts(Set<String> ids) {
        return ids.stream().map(id -> '"' + id + '"').collect(Collectors.joining(",", "[", "]"));
    }

    /** What the outbox says while the destination's lock is held. */
    private record Outlook(Set<String> gone, List<Waiting> waiting) {}
}
