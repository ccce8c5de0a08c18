package io.aipanel.postgres.jobs;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What keeps the jobs of a queue store that was set back apart from those of the time that is no longer in it: somebody may
 * still hold a lease, or have noted an id.
 */
public final class Incarnation {

    /** More jobs than are enqueued between a backup and the loss of what came after it. */
    private static final long IDS = 1_000_000_000;

    /**
     * More than was ever given to a job: each claim of a job adds one, which takes longer than a microsecond. So this holds
     * for a store that is set back again and again, too; the rest is for a clock that was set back meanwhile.
     */
    private static final String TOKEN =
            "greatest(token, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint) + 4294967296";

    private static final String LAST_ID = "SELECT last_value - (NOT is_called)::integer FROM %s.job_ids";

    private final Handle handle;
    private final Optional<String> before;

    /**
     * @param handle where the transaction is in which the store is set back
     * @param before the schema with the jobs of the time that is no longer there; empty if there are none
     */
    public Incarnation(Handle handle, Optional<String> before) {
        this.handle = handle;
        this.before = before;
    }

    /**
     * Begins: no lease that was given before is good, and nobody is at work. Jobs that are added get ids that are not given
     * to others meanwhile.
     */
    public void begin() {
        handle.execute("UPDATE queue.jobs SET token = " + TOKEN
                + ", lease_until = CASE WHEN state = 'running' THEN least(lease_until, clock_timestamp()) END");
        // Of jobs that have ended, those that can be tried again.
        handle.execute("UPDATE queue.finished_jobs SET token = " + TOKEN + " WHERE state <> 'completed'");
        handle.execute("DELETE FROM queue.workers");
        if (idsBefore().map(last -> last >= lastId("queue")).orElse(false)) {
            drawIdsFrom(before.orElseThrow());
        }
    }

    /** Goes on with ids that nobody was given; nobody is given one before the transaction has ended. */
    public void keepIds() {
        long own = lastId("queue");
        long last = Math.max(own, before.isEmpty() ? 0 : idsBefore().orElse(own + IDS));
        handle.createQuery("SELECT setval('queue.job_ids', :value, :isCalled)")
                .bind("value", Math.max(1, last))
                .bind("isCalled", last > 0)
                .mapTo(Long.class)
                .one();
        drawIdsFrom("queue");
    }

    /** The highest id that was given in the time that is no longer there; empty if nobody knows. */
    private Optional<Long> idsBefore() {
        return before.filter(schema -> handle.createQuery("SELECT to_regclass(:name) IS NOT NULL")
                        .bind("name", schema + ".job_ids")
                        .mapTo(Boolean.class)
                        .one())
                .map(this::lastId);
    }

    private long lastId(String schema) {
        return handle.createQuery(LAST_ID.formatted(schema)).mapTo(Long.class).one();
    }

    private void drawIdsFrom(String schema) {
        handle.execute("ALTER TABLE queue.jobs ALTER COLUMN id SET DEFAULT nextval('" + schema + ".job_ids')");
    }
}
