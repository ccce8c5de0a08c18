package io.aipanel.sqlite;

import io.aipanel.ports.storage.OutboxFull;
import io.aipanel.ports.storage.Storage.Topic;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.util.List;
import java.util.stream.Collectors;

/** The effects of one store that wait, and whether there is room for more. */
final class Outbox {

    private final long max;
    private final String span;
    private final String waiting;

    /**
     * @param tables where the effects wait
     * @param max the most that may wait
     */
    Outbox(List<String> tables, long max) {
        this.max = max;
        this.span = sum(tables, "(SELECT coalesce((SELECT max(seq) FROM %1$s) - (SELECT min(seq) FROM %1$s) + 1, 0))");
        this.waiting = sum(tables, "(SELECT count(*) FROM %1$s WHERE failed_at IS NULL)");
    }

    /**
     * Makes ready for one more, of which the listeners will hear.
     *
     * @throws OutboxFull if too many wait already
     */
    void announceOneMore(StoreConnection store) {
        // The span of the keys is known at once and never less than the number of rows: counting is for rare cases.
        if (number(store, span) >= max && number(store, waiting) >= max) {
            throw new OutboxFull(
                    "more than " + max
                            + " effects of earlier changes wait to be recorded (audit.outbox.max), so nothing"
                            + " more is changed: see why audit.db or queue.db cannot be written",
                    null);
        }
        store.announce(Topic.OUTBOX);
    }

    private static String sum(List<String> tables, String number) {
        return tables.stream().map(number::formatted).collect(Collectors.joining(" + ", "SELECT ", ""));
    }

    private static long number(StoreConnection store, String sql) {
        try (Rows row = store.rows(sql, statement -> {})) {
            row.next();
            return row.number();
        }
    }
}
