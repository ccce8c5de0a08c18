package io.aipanel.ports.storage;

import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.hosting.HostingRepository;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.settings.SettingsRepository;
import io.aipanel.ports.versions.VersionRepository;
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

    /** The job queue. */
    JobQueueRepository jobs();

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
     * Whether each store can be read and written now. Answers within the time-out and never throws; a closed storage
     * answers that.
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
        JOBS
    }

    /** Ends the calls of a listener. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        /** Does nothing the second time. */
        @Override
        void close();
    }
}
