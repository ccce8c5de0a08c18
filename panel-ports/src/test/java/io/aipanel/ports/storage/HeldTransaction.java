package io.aipanel.ports.storage;

import static io.aipanel.ports.jobs.JobSamples.finish;
import static io.aipanel.ports.jobs.JobSamples.release;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A transaction that has set a setting and stays open until it is told to finish. */
final class HeldTransaction implements AutoCloseable {

    private static final long SECONDS = 60;

    private final CountDownLatch open = new CountDownLatch(1);
    private final CountDownLatch finish = new CountDownLatch(1);
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();

    private HeldTransaction() {}

    /** Begins it; when this returns, the setting is set but not committed. */
    static HeldTransaction on(Storage storage, String name, String value) {
        HeldTransaction held = new HeldTransaction();
        Thread thread = new Thread(() -> held.run(storage, name, value), "held transaction");
        thread.start();
        held.await(held.open);
        return held;
    }

    private void run(Storage storage, String name, String value) {
        try {
            done.complete(storage.write(tx -> {
                tx.settings().put(EffectSamples.setting(name, value));
                open.countDown();
                await(finish);
                return true;
            }));
        } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
        open.countDown();
    }

    /** Lets it commit and waits until it has. */
    void finish() {
        finish.countDown();
        done.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        release();
    }

    /** Ends it, whether it can still be committed or not. */
    void release() {
        finish.countDown();
        done.orTimeout(SECONDS, TimeUnit.SECONDS)
                .handle((answer, failure) -> true)
                .join();
    }

    private void await(CountDownLatch latch) {
        try {
            if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the held transaction was not answered within " + SECONDS + " seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
