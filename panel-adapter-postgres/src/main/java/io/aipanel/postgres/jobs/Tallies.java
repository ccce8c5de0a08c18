package io.aipanel.postgres.jobs;

import io.aipanel.ports.storage.StoreException;
import io.aipanel.postgres.storage.Database;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;

/** {@code queue.tallies}: how many finished jobs there are, as a sum of many rows that are folded now and then. */
final class Tallies {

    /** So many transactions add rows before they are folded. */
    private static final int UNTIL_FOLDED = 1_000;

    private final Database database;
    private final AtomicInteger added = new AtomicInteger();

    Tallies(Database database) {
        this.database = database;
    }

    /** Removes finished jobs and counts that they are gone; answers how many there were. */
    static int remove(Handle handle, List<Long> ids) {
        if (ids.isEmpty()) {
            return 0;
        }
        return handle.createQuery("""
                        WITH gone AS (
                            DELETE FROM queue.finished_jobs WHERE id = ANY (:ids) RETURNING queue, state
                        ), counted AS (
                            INSERT INTO queue.tallies (queue, state, jobs)
                            SELECT queue, state, -count(*) FROM gone GROUP BY queue, state
                        )
                        SELECT count(*) FROM gone
                        """)
                .bindArray("ids", Long.class, ids.toArray())
                .mapTo(Integer.class)
                .one();
    }

    /** A transaction that has added rows was committed. */
    void added() {
        if (!database.isShared() && added.incrementAndGet() % UNTIL_FOLDED == 0) {
            try {
                database.change(Tallies::fold);
            } catch (StoreException e) {
                // What was to be done is done; the rows are folded another time.
                added.decrementAndGet();
            }
        }
    }

    /** What others are adding now stays as it is. */
    private static int fold(Handle handle) {
        return handle.createUpdate("""
                        WITH folded AS (
                            DELETE FROM queue.tallies
                            WHERE ctid IN (SELECT ctid FROM queue.tallies FOR UPDATE SKIP LOCKED)
                            RETURNING queue, state, jobs, ended
                        )
                        INSERT INTO queue.tallies (queue, state, jobs, ended)
                        SELECT queue, state, sum(jobs), sum(ended) FROM folded GROUP BY queue, state
                        HAVING sum(jobs) <> 0 OR sum(ended) <> 0
                        """).execute();
    }
}
