package io.aipanel.sqlite.jobs;

import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.util.HashMap;
import java.util.Map;

/**
 * The numbers of lanes, for the time of one piece of work. Nothing is kept beyond it: a lane that was added by a transaction
 * that is rolled back is gone, and its number is somebody else's.
 */
final class Lanes {

    private final StoreConnection queue;
    private final Map<Lane, Long> known = new HashMap<>();

    Lanes(StoreConnection queue) {
        this.queue = queue;
    }

    /** The number of a lane, which is added if it is new. */
    long numberOf(Lane lane) {
        Long number = known.get(lane);
        if (number == null) {
            number = find(lane);
            if (number == 0) {
                queue.change("INSERT INTO lanes (queue, type, priority) VALUES (?, ?, ?)", statement -> {
                    statement.setString(1, lane.queue().value());
                    statement.setString(2, lane.type().value());
                    statement.setInt(3, lane.priority());
                });
                number = find(lane);
            }
            known.put(lane, number);
        }
        return number;
    }

    private long find(Lane lane) {
        try (Rows row = queue.rows("SELECT id FROM lanes WHERE queue = ? AND type = ? AND priority = ?", statement -> {
            statement.setString(1, lane.queue().value());
            statement.setString(2, lane.type().value());
            statement.setInt(3, lane.priority());
        })) {
            return row.next() ? row.number() : 0;
        }
    }
}
