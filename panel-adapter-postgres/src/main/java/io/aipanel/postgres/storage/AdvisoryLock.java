package io.aipanel.postgres.storage;

import org.jdbi.v3.core.Handle;

/**
 * Names that a transaction can hold for itself, whether or not there is a row for them yet. Each is released by the end
 * of the transaction and never earlier, which is also what PgBouncer needs. Names whose hashes meet wait for each other
 * needlessly, and nothing worse.
 */
public enum AdvisoryLock {
    /** Whoever brings the schemas up to date. */
    MIGRATION,
    /** A role whose users are counted. */
    ROLE,
    /** A component that is read to be changed. */
    COMPONENT,
    /** A setting that is replaced. */
    SETTING,
    /** What login failures are counted for. */
    LOGIN,
    /** Whoever moves jobs out of the outbox. */
    JOB_RELAY,
    /** A queue, by whoever counts what runs there; shared by claims that need not count. */
    QUEUE_LIMITS,
    /** Whoever removes events that were cut off. */
    CUT_OFF,
    /** Whoever replaces the schemas by copies, or removes those that were replaced. */
    RESTORATION,
    /** What a process has measured, while it adds to it. */
    CAPACITY;

    /** Locks of other programs in the same database are likely to have other numbers: this one spells "panl". */
    private static final int SPACE = 0x70616e6c;

    /** Waits until no other transaction holds the name. */
    public void acquire(Handle handle, String name) {
        handle.execute("SELECT pg_advisory_xact_lock(?, ?)", space(), key(name));
    }

    /** Takes the name if no other transaction holds it. */
    boolean tryAcquire(Handle handle, String name) {
        return handle.createQuery("SELECT pg_try_advisory_xact_lock(:space, :key)")
                .bind("space", space())
                .bind("key", key(name))
                .mapTo(Boolean.class)
                .one();
    }

    /** The first number of the lock, for statements that acquire it themselves; the second one is the {@link #key}. */
    public int space() {
        return SPACE + ordinal();
    }

    /** The order in which several names must be acquired, so that no two transactions wait for each other. */
    public static int key(String name) {
        return name.hashCode();
    }
}
