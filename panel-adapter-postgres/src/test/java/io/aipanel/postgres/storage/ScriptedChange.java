package io.aipanel.postgres.storage;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** A change that stops and fails when a test wants it to, and remembers what was wanted together. */
final class ScriptedChange implements CombinedChanges.Change<Boolean, String, String> {

    private static final long PATIENCE_SECONDS = 60;

    private final List<List<String>> groups = new CopyOnWriteArrayList<>();
    private final Map<String, Supplier<RuntimeException>> refusals = new ConcurrentHashMap<>();
    private volatile String holdWith = "";
    private volatile CountDownLatch held = new CountDownLatch(1);
    private volatile CountDownLatch goOn = new CountDownLatch(1);

    /** The transaction in which this is wanted stops until {@link #goOn}. */
    void holdWith(String wanted) {
        held = new CountDownLatch(1);
        holdWith = wanted;
    }

    void awaitHeld() {
        await().until(() -> held.getCount() == 0);
    }

    void goOn() {
        CountDownLatch before = goOn;
        goOn = new CountDownLatch(1);
        before.countDown();
    }

    /** A transaction in which this is wanted fails. */
    void refuse(String wanted, Supplier<RuntimeException> failure) {
        refusals.put(wanted, failure);
    }

    /** What was wanted in each transaction. */
    List<List<String>> groups() {
        return groups;
    }

    @Override
    public Boolean begin(Handle handle) {
        return handle.createQuery("SELECT true").mapTo(Boolean.class).one();
    }

    @Override
    public List<String> make(Handle handle, Boolean begun, List<String> wanted) {
        groups.add(List.copyOf(wanted));
        if (wanted.contains(holdWith)) {
            CountDownLatch latch = goOn;
            holdWith = "";
            held.countDown();
            try {
                if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the test does not go on");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        wanted.stream().filter(refusals::containsKey).findFirst().ifPresent(refused -> {
            throw refusals.get(refused).get();
        });
        return wanted.stream().map(each -> "done " + each).toList();
    }
}
