package io.aipanel.sqlite.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.WriteObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Sixteen callers whose units wait in the order of their numbers and are then run in one transaction. */
final class BatchOfSixteen {

    private static final int SIZE = 16;

    private final Store store;
    private final AtomicIntegerArray runs = new AtomicIntegerArray(SIZE);
    private final Map<Integer, Integer> answers = new ConcurrentSkipListMap<>();
    private final Map<Integer, Throwable> failures = new ConcurrentSkipListMap<>();

    BatchOfSixteen(Store store) {
        this.store = store;
    }

    /** What a caller wants done. */
    @FunctionalInterface
    interface Work {
        void run(StoreConnection connection, int number);
    }

    /** Opens the panel store of a directory, with a table for these tests. */
    static Store open(Path directory, Duration timeout) {
        Store store = openAgain(directory, timeout);
        store.write(connection -> connection
                .handle()
                .execute("CREATE TABLE IF NOT EXISTS item (number INTEGER PRIMARY KEY, filling BLOB) STRICT"));
        return store;
    }

    /** Opens the panel store of a directory. */
    static Store openAgain(Path directory, Duration timeout) {
        List<StoreFile> files = new StorageDirectory(directory.toAbsolutePath()).prepare();
        return Store.open(files.get(StoreName.PANEL.ordinal()), timeout, News.NONE, WriteObserver.NONE);
    }

    static void insert(StoreConnection connection, int number, int bytes) {
        connection.handle().execute("INSERT INTO item (number, filling) VALUES (?, zeroblob(?))", number, bytes);
    }

    /** The numbers in the table, in order. */
    static List<Integer> stored(Store store) {
        return store.read(connection -> connection
                .handle()
                .createQuery("SELECT number FROM item ORDER BY number")
                .mapTo(Integer.class)
                .list());
    }

    /** Has all of it done, and returns when every caller has been told. */
    void run(Work work) {
        callAll(number -> store.write(connection -> {
            runs.incrementAndGet(number);
            work.run(connection, number);
            return number;
        }));
    }

    /** Has what callers want, each its number, done jointly, and returns when every caller has been told. */
    void runJointly(JointWork<Integer, Integer> work) {
        callAll(number -> store.write(work, number));
    }

    private void callAll(IntUnaryOperator call) {
        CountDownLatch held = new CountDownLatch(1);
        List<Thread> callers = new ArrayList<>();
        HeldWriter holder = HeldWriter.of(store, held);
        try {
            for (int i = 0; i < SIZE; i++) {
                int number = i;
                Thread caller = new Thread(() -> call(call, number), "caller " + number);
                caller.start();
                awaitQueued(caller);
                callers.add(caller);
            }
        } finally {
            holder.close();
        }
        callers.forEach(BatchOfSixteen::join);
    }

    /** What callers were answered, by their number. */
    Map<Integer, Integer> answers() {
        return answers;
    }

    /** What callers were thrown, by their number. */
    Map<Integer, Throwable> failures() {
        return failures;
    }

    /** How often each unit was run. */
    List<Integer> runs() {
        return IntStream.range(0, SIZE).mapToObj(runs::get).toList();
    }

    List<Integer> stored() {
        return stored(store);
    }

    private void call(IntUnaryOperator call, int number) {
        try {
            answers.put(number, call.applyAsInt(number));
        } catch (RuntimeException | Error e) {
            failures.put(number, e);
        }
    }

    /** Waits until a thread waits for its unit, and for nothing else such as the loading of a class. */
    static void awaitQueued(Thread thread) {
        Awaitility.await().until(() -> LockSupport.getBlocker(thread) instanceof Unit);
    }

    /** Waits until a thread waits for the store. */
    static void awaitParked(Thread thread) {
        Awaitility.await()
                .until(() -> Arrays.asList(Thread.State.WAITING, Thread.State.TIMED_WAITING)
                        .contains(thread.getState()));
    }

    static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(60));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        assertThat(thread.isAlive()).as("%s has ended", thread.getName()).isFalse();
    }
}
