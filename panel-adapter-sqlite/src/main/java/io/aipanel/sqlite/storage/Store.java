package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StoreFull;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import io.aipanel.ports.storage.WriteObserver;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file. It is open, or, where that was allowed, could not be opened yet: then each call tries again and fails as long as
 * that fails. Safe for use by many threads.
 */
public final class Store implements StoreAccess, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    /** Whoever can begin without a file does not wait for it for longer. */
    private static final Duration FIRST_TRY = Duration.ofSeconds(2);

    private final StoreFile file;
    private final Schema schema;
    private final Duration timeout;
    private final News news;
    private final WriteObserver observer;
    private final Consumer<? super StoreAccess> first;
    private final Semaphore opening = new Semaphore(1);
    private volatile @Nullable OpenFile open;
    private volatile boolean closed;

    private Store(
            StoreFile file, Duration timeout, News news, WriteObserver observer, Consumer<? super StoreAccess> first) {
        this.file = file;
        this.schema = Schema.of(file);
        this.timeout = timeout;
        this.news = news;
        this.observer = observer;
        this.first = first;
    }

    /**
     * Opens a file that exists, perhaps empty, and brings its schema up to date.
     *
     * @param file which file
     * @param timeout the longest that a call may take, this one included
     * @param news hears of what commits announce, and of commits of other processes
     * @param observer hears how long writes take
     * @throws io.aipanel.ports.storage.StoreException if that is not possible; everything is closed again then
     */
    public static Store open(StoreFile file, Duration timeout, News news, WriteObserver observer) {
        Store store = new Store(file, timeout, news, observer, access -> {});
        store.opened(Deadline.in(timeout));
        return store;
    }

    /**
     * As {@link #open}; but if the file cannot be used at the moment (somebody holds it, it may not be written, its file system
     * is full or does not answer), it is opened later, by the first call that can.
     *
     * @param first what is to be done before any call, once it is open
     * @throws io.aipanel.ports.storage.StoreException if it can never be opened as it is; everything is closed again then
     */
    public static Store openWhenPossible(
            StoreFile file, Duration timeout, News news, WriteObserver observer, Consumer<? super StoreAccess> first) {
        Store store = new Store(file, timeout, news, observer, first);
        try {
            store.opened(Deadline.in(timeout.compareTo(FIRST_TRY) < 0 ? timeout : FIRST_TRY));
        } catch (StoreUnavailable | StoreFull e) {
            LOG.warn("Begins without {}, which is opened as soon as that is possible: {}", file, e.getMessage());
        }
        return store;
    }

    @Override
    public <T> T read(Function<? super StoreConnection, ? extends T> work) {
        WriterThread.refuseCallsFromWithin();
        return readFromWithin(work);
    }

    /** Reads, even from within the work of another file's writer. It sees what is committed at this moment. */
    public <T> T readFromWithin(Function<? super StoreConnection, ? extends T> work) {
        Deadline deadline = Deadline.in(timeout);
        return opened(deadline).readers().read(work, deadline);
    }

    /** Reads for as long as it takes, which may be minutes. */
    public <T> T readPatiently(Function<? super StoreConnection, ? extends T> work) {
        WriterThread.refuseCallsFromWithin();
        Deadline deadline = Deadline.in(timeout);
        return opened(deadline).readers().readPatiently(work, deadline);
    }

    /**
     * Reads something, then writes something: a number in the file's header, which is as it was afterwards. Only what is
     * really written shows that there is room left.
     *
     * @param within how long both together may take
     * @throws io.aipanel.ports.storage.StoreException if one of them is not possible
     */
    public void probe(Duration within) {
        WriterThread.refuseCallsFromWithin();
        Deadline deadline = Deadline.in(within);
        opened(deadline)
                .readers()
                .read(
                        connection ->
                                connection.prepared("SELECT count(*) FROM sqlite_schema", PreparedStatement::execute),
                        deadline);
        writeBy(connection -> connection.change("PRAGMA user_version = 0", statement -> {}), deadline);
    }

    @Override
    public <T> T write(Function<? super StoreConnection, ? extends T> work) {
        return writeBy(work, Deadline.in(timeout));
    }

    @Override
    public <I, O> O write(JointWork<I, O> work, I wanted) {
        requireOpen();
        WriterThread.refuseCallsFromWithin();
        Deadline deadline = Deadline.in(timeout);
        return opened(deadline).writer().write(work, wanted, deadline);
    }

    /**
     * Refuses what must not be done by the work of a transaction.
     *
     * @throws IllegalStateException on the thread of a writer
     */
    public void refuseFromWithin() {
        WriterThread.refuseCallsFromWithin();
    }

    /** Which file it is. */
    public StoreFile file() {
        return file;
    }

    /** The id of the last change of its schema. */
    public String schemaVersion() {
        return schema.version();
    }

    /**
     * Ends the calls that wait, finishes those under way, and lets go of threads and connections.
     *
     * @throws IllegalStateException if called by work that the writer would have to wait for
     */
    @Override
    public void close() {
        WriterThread.refuseCallsFromWithin();
        closed = true;
        // Who is just opening it gives that up.
        opening.acquireUninterruptibly();
        try {
            OpenFile now = open;
            if (now != null) {
                now.close();
            }
        } finally {
            opening.release();
        }
    }

    private OpenFile opened(Deadline deadline) {
        OpenFile now = open;
        if (now != null) {
            return now;
        }
        if (!deadline.acquire(opening)) {
            throw new StoreUnavailable(
                    Reason.TIMED_OUT, file + " could not be opened within the time of this call: try again", null);
        }
        try {
            requireOpen();
            OpenFile opened = open;
            if (opened == null) {
                opened = openFile(deadline);
                open = opened;
            }
            return opened;
        } finally {
            opening.release();
        }
    }

    private OpenFile openFile(Deadline deadline) {
        OpenFile opened = OpenFile.open(file, schema, timeout, news, observer, deadline, () -> closed);
        try {
            first.accept(opened);
            return opened;
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    private <T> T writeBy(Function<? super StoreConnection, ? extends T> work, Deadline deadline) {
        requireOpen();
        WriterThread.refuseCallsFromWithin();
        return opened(deadline).writer().write(work, deadline);
    }

    /**
     * Refuses what a closed store cannot do.
     *
     * @throws StoreUnavailable if it was closed
     */
    public void requireOpen() {
        if (closed) {
            throw new StoreUnavailable(Reason.CLOSED, "the storage is closed: open it again", null);
        }
    }
}
