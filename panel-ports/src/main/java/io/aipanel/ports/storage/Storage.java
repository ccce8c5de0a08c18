package io.aipanel.ports.storage;

import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.audit.CheckpointRepository;
import io.aipanel.ports.backup.Snapshot;
import io.aipanel.ports.capacity.CapacityRepository;
import io.aipanel.ports.capacity.StorageMeasures;
import io.aipanel.ports.hosting.HostingRepository;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.jobs.QueueRepository;
import io.aipanel.ports.jobs.ScheduleRepository;
import io.aipanel.ports.settings.SettingsRepository;
import io.aipanel.ports.versions.VersionRepository;
import java.sql.Connection;
import java.util.List;
import java.util.function.Function;

/**
 * An open storage: the three stores of one panel on one engine.
 *
 * <p>Each method of a repository that is taken from here is a transaction of its own: when it returns, what it changed
 * is durable and visible to everyone. Several changes that belong together go through {@link #write}.
 *
 * <p>Any method here and on the repositories may throw {@link StoreUnavailable}, {@link StoreCorrupt} and, where it
 * changes something, {@link StoreFull}; the methods name only what they throw besides. All of it is safe for use by
 * many threads at once. After {@link #close()} every call throws {@link StoreUnavailable} with the reason
 * {@link StoreUnavailable.Reason#CLOSED}.
 */
public interface Storage extends AutoCloseable {

    /** Users, roles, sessions, API tokens. */
    IamRepository iam();

    /** Sites and their databases. */
    HostingRepository hosting();

    /** Components. */
    VersionRepository versions();

    /** Settings. */
    SettingsRepository settings();

    /** The audit log. */
    AuditRepository audit();

    /** What is kept to prove the audit log. */
    CheckpointRepository checkpoints();

    /** The jobs. */
    JobQueueRepository jobs();

    /** How queues are set, and who works them off. */
    QueueRepository queues();

    /** The schedules. */
    ScheduleRepository schedules();

    /** How the storage was loaded. */
    CapacityRepository capacity();

    /** What the engine says about its load now. */
    StorageMeasures measures();

    /**
     * Runs work that reads and changes the panel store, with its effects, as one transaction: all of it becomes durable
     * and visible together when this method returns, or nothing of it if it throws.
     *
     * <p>The work sees what is committed and what it has changed itself. It may be run twice, and may run on another
     * thread: it must have no effects outside the transaction, must not wait, and must not call this storage or a panel
     * (refused with {@link IllegalStateException}). What it throws is thrown by this method. A {@link StoreException}
     * ends the transaction even if the work catches it and goes on: this method then throws it.
     *
     * @param work the work; what it answers is answered by this method
     * @throws OutboxFull if the work has effects and too many wait already
     * @throws StoreUnavailable with the reason {@link StoreUnavailable.Reason#OUTCOME_UNKNOWN} if the time was over
     *     while the transaction was already being committed
     */
    <T> T write(Function<? super PanelTransaction, ? extends T> work);

    /**
     * Runs work that reads and changes the queue store, with the audit events about it, as one transaction. The rules of
     * {@link #write} hold for the work.
     *
     * @param work the work; what it answers is answered by this method
     * @throws OutboxFull if the work has events and too many effects wait already
     * @throws StoreUnavailable with the reason {@link StoreUnavailable.Reason#OUTCOME_UNKNOWN} if the time was over
     *     while the transaction was already being committed
     */
    <T> T writeQueue(Function<? super QueueTransaction, ? extends T> work);

    /**
     * Adds jobs as {@link JobQueueRepository#enqueue} does, but within a transaction of the caller's own database connection:
     * they are there if the caller commits, and not if it rolls back. Only where the queue store lives in a database
     * server that the caller uses, too.
     *
     * @param connection a connection to the database of this storage, not in auto-commit mode; it is neither committed nor
     *     closed here
     * @param jobs 0 to {@value JobQueueRepository#MAX_ENQUEUED} jobs
     * @return one answer per job, in the given order
     * @throws UnsupportedOperationException if this engine cannot do that; the message says what can be done instead
     * @throws IllegalArgumentException if there are too many jobs, or the connection is in auto-commit mode
     */
    List<Enqueued> enqueueWithin(Connection connection, List<NewJob> jobs);

    /** Delivers the effects of committed changes. */
    OutboxRelay outbox();

    /**
     * Calls a listener after each commit that may have something new for it; perhaps more often than that, never less.
     * A commit of this process is told at once, one of another process within about a second. The listener must return
     * quickly, must not throw, and runs on a thread of the storage.
     *
     * @return ends the calls when it is closed
     */
    Subscription listen(Topic topic, Runnable listener);

    /**
     * Tells an observer, for each write of this process, how long it took from the call until it was durable. What fails
     * is not told.
     *
     * @return ends the calls when it is closed
     */
    Subscription observeWrites(WriteObserver observer);

    /**
     * Whether each store can be read and written now: each is read, and really written. Answers soon, as
     * {@link StorageOptions#probeTimeout()} has it, and never throws; a closed storage answers that.
     *
     * @return one answer per store, in the order of {@link StoreName}
     */
    List<StoreHealth> health();

    /** Where the data is and how much there is. */
    StorageReport report();

    /**
     * Looks for damage: the engine's own check of its files and of the references between rows. Reads everything, so it
     * may take minutes on large stores; the time-out does not apply.
     *
     * @return what was found, in words; empty if nothing is wrong
     */
    List<String> check();

    /**
     * Holds on to what the three stores hold at this instant, all of it and nothing later: a change and its effects are in it
     * together, or neither is. Writers wait for some milliseconds.
     *
     * @return the instant; the caller closes it
     * @throws UnsupportedOperationException if this engine cannot do that; the message says what can be done instead
     */
    Snapshot snapshot();

    /**
     * Holds on to what the three stores hold by letting nobody write, in this process or another, until it is closed: whoever
     * writes meanwhile waits, and is refused when its time is over; whoever reads goes on. Copies out of it are the stores'
     * own files, read by nothing but the operating system, which is what it is for. Only where the stores are files.
     *
     * @return the instant; the caller closes it, as soon as the copies are made
     * @throws UnsupportedOperationException if this engine cannot do that; the message says what can be done instead
     */
    Snapshot heldSnapshot();

    /**
     * Ends calls that wait, finishes the one that is being committed, and lets go of every file, connection and thread.
     * Does nothing the second time.
     */
    @Override
    void close();

    /** What a listener wants to hear of. */
    enum Topic {
        /** Effects wait for delivery. */
        OUTBOX,
        /** Jobs may be ready. */
        JOBS,
        /** Somebody may have asked to cancel a running job. */
        CANCELLATIONS,
        /** Schedules may have changed. */
        SCHEDULES
    }

    /** Ends the calls of a listener. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        /** Does nothing the second time. */
        @Override
        void close();
    }
}
