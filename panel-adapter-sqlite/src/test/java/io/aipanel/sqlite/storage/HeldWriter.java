package io.aipanel.sqlite.storage;

import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A writer in the middle of a transaction, until it is let go. */
final class HeldWriter implements AutoCloseable {

    private static final long SECONDS = 60;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch letGo;
    private final CompletableFuture<Throwable> end = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    private HeldWriter(CountDownLatch letGo) {
        this.letGo = letGo;
    }

    /** Returns once the transaction is under way. */
    static HeldWriter of(Store store, CountDownLatch letGo) {
        HeldWriter held = new HeldWriter(letGo);
        new Thread(() -> held.hold(store), "held writer").start();
        await(held.begun);
        return held;
    }

    /** What the caller of the held transaction was thrown; null if nothing. Waits for it. */
    Throwable failure() {
        return end.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    /** Waits until the held unit has returned, whatever its caller was told. */
    void awaitEnd() {
        await(ended);
    }

    @Override
    public void close() {
        letGo.countDown();
        failure();
        awaitEnd();
    }

    private void hold(Store store) {
        end.complete(catchThrowable(() -> store.write(connection -> {
            begun.countDown();
            await(letGo);
            ended.countDown();
            return true;
        })));
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing happened for " + SECONDS + " seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
