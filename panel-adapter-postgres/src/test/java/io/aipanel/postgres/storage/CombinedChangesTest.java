package io.aipanel.postgres.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import io.aipanel.postgres.PostgresStorageHarness;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How callers share transactions: who is served with whom, and what each is told. */
final class CombinedChangesTest {

    private static final Duration PATIENT = Duration.ofSeconds(60);
    private static final int MOST = 6;

    private final PostgresStorageHarness harness = PostgresStorageHarness.direct();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final ScriptedChange script = new ScriptedChange();
    private Transactions transactions = transactions(PATIENT);
    private CombinedChanges<Boolean, String, String> changes = new CombinedChanges<>(transactions, MOST, script);

    @AfterEach
    void close() {
        script.goOn();
        callers.shutdownNow();
        transactions.close();
        harness.close();
    }

    @Test
    void whoComesMeanwhileIsServedTogetherAndInOrder() {
        CompletableFuture<List<String>> first = held("a");
        CompletableFuture<List<String>> second = waits("b1", "b2");
        CompletableFuture<List<String>> third = waits("c");
        script.goOn();

        assertThat(first.join()).containsExactly("done a");
        assertThat(second.join()).containsExactly("done b1", "done b2");
        assertThat(third.join()).containsExactly("done c");
        assertThat(script.groups()).containsExactly(List.of("a"), List.of("b1", "b2", "c"));
    }

    @Test
    void aTransactionHasABoundUnlessOneCallerWantsMore() {
        CompletableFuture<List<String>> first = held("a");
        List<CompletableFuture<List<String>>> others = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            others.add(waits("b" + i, "c" + i));
        }
        others.add(waits("d1", "d2", "d3", "d4", "d5", "d6", "d7"));
        others.add(waits("e"));
        script.goOn();

        first.join();
        others.forEach(CompletableFuture::join);
        assertThat(script.groups())
                .extracting(group -> String.join(" ", group))
                .containsExactly("a", "b0 c0 b1 c1 b2 c2", "b3 c3", "d1 d2 d3 d4 d5 d6 d7", "e");
    }

    @Test
    void everyoneIsServedUnderARace() {
        List<CompletableFuture<List<List<String>>>> all = IntStream.range(0, 16)
                .mapToObj(caller -> CompletableFuture.supplyAsync(
                        () -> IntStream.range(0, 20)
                                .mapToObj(i -> changes.make(List.of(caller + "/" + i + "a", caller + "/" + i + "b")))
                                .toList(),
                        callers))
                .toList();

        for (int caller = 0; caller < 16; caller++) {
            List<List<String>> answers = all.get(caller).join();
            for (int i = 0; i < 20; i++) {
                assertThat(answers.get(i))
                        .containsExactly("done " + caller + "/" + i + "a", "done " + caller + "/" + i + "b");
            }
        }
        List<String> made = script.groups().stream().flatMap(List::stream).toList();
        assertThat(made).hasSize(640).doesNotHaveDuplicates();
        for (int i = 0; i < made.size(); i += 2) {
            assertThat(made.get(i + 1))
                    .as("what one caller wants stays together")
                    .isEqualTo(made.get(i).replace('a', 'b'));
        }
    }

    @Test
    void whatIsRefusedIsRefusedAlone() {
        CompletableFuture<List<String>> first = held("a");
        CompletableFuture<List<String>> good = waits("b");
        CompletableFuture<List<String>> bad = waits("bad");
        CompletableFuture<List<String>> fine = waits("c");
        CompletableFuture<List<String>> worse = waits("bad too");
        script.refuse("bad", () -> new IllegalArgumentException("refused"));
        script.refuse("bad too", () -> new IllegalArgumentException("refused, too"));
        script.goOn();

        first.join();
        assertThat(good.join()).containsExactly("done b");
        assertThat(fine.join()).containsExactly("done c");
        assertThat(failure(bad)).isInstanceOf(IllegalArgumentException.class).hasMessage("refused");
        assertThat(failure(worse)).hasMessage("refused, too");
        assertThat(script.groups())
                .extracting(group -> String.join(" ", group))
                .containsExactly("a", "b bad c bad too", "b", "bad", "c", "bad too");
    }

    @Test
    void theFirstMayBeTheOneThatIsRefused() {
        CompletableFuture<List<String>> first = held("a");
        CompletableFuture<List<String>> bad = waits("bad");
        CompletableFuture<List<String>> good = waits("b");
        script.refuse("bad", () -> new IllegalArgumentException("refused"));
        script.goOn();

        first.join();
        assertThat(failure(bad)).hasMessage("refused");
        assertThat(good.join()).containsExactly("done b");
    }

    @Test
    void whenTheStoreIsLostAllAreTold() {
        CompletableFuture<List<String>> first = held("a");
        CompletableFuture<List<String>> second = waits("b");
        CompletableFuture<List<String>> third = waits("c");
        script.refuse("b", () -> new StoreUnavailable(Reason.OUTCOME_UNKNOWN, "lost", null));
        script.goOn();

        first.join();
        assertThat(reason(second)).isEqualTo(Reason.OUTCOME_UNKNOWN);
        assertThat(reason(third)).isEqualTo(Reason.OUTCOME_UNKNOWN);
        assertThat(script.groups()).as("nothing is tried again").containsExactly(List.of("a"), List.of("b", "c"));
        assertThat(changes.make(List.of("d"))).containsExactly("done d");
    }

    @Test
    void whoHasTimeLeftGoesOnWhenAnothersIsOver() {
        CompletableFuture<List<String>> first = held("a");
        CompletableFuture<List<String>> second = waits("b");
        CompletableFuture<List<String>> third = waits("c");
        script.refuse("b", () -> new StoreUnavailable(Reason.TIMED_OUT, "too late", null));
        script.goOn();

        first.join();
        assertThat(reason(second)).isEqualTo(Reason.TIMED_OUT);
        assertThat(third.join()).containsExactly("done c");
    }

    @Test
    void whoWaitsTooLongIsToldAndNotServed() {
        transactions.close();
        transactions = transactions(Duration.ofMillis(300));
        changes = new CombinedChanges<>(transactions, MOST, script);
        held("a");

        StoreUnavailable late = catchThrowableOfType(StoreUnavailable.class, () -> changes.make(List.of("late")));

        assertThat(late.reason()).isEqualTo(Reason.TIMED_OUT);
        assertThat(changes.waiting()).isZero();
        script.goOn();
        assertThat(changes.make(List.of("b"))).containsExactly("done b");
        assertThat(script.groups()).doesNotContain(List.of("late"));
    }

    @Test
    void whoIsInterruptedWhileWaitingIsNotServed() {
        CompletableFuture<List<String>> first = held("a");
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CompletableFuture<Boolean> stillInterrupted = CompletableFuture.supplyAsync(
                () -> {
                    thread.complete(Thread.currentThread());
                    StoreUnavailable told =
                            catchThrowableOfType(StoreUnavailable.class, () -> changes.make(List.of("b")));
                    return told.reason() == Reason.TIMED_OUT && Thread.interrupted();
                },
                callers);
        await().until(() -> changes.waiting() == 1);

        thread.join().interrupt();

        assertThat(stillInterrupted.join()).isTrue();
        script.goOn();
        assertThat(first.join()).containsExactly("done a");
        assertThat(script.groups()).containsExactly(List.of("a"));
    }

    @Test
    void whoIsInterruptedWhileBeingServedLearnsWhatBecameOfIt() {
        CompletableFuture<List<String>> first = held("a");
        CompletableFuture<List<String>> second = waits("b");
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CompletableFuture<Boolean> stillInterrupted = CompletableFuture.supplyAsync(
                () -> {
                    thread.complete(Thread.currentThread());
                    return changes.make(List.of("c")).equals(List.of("done c")) && Thread.interrupted();
                },
                callers);
        await().until(() -> changes.waiting() == 2);
        script.holdWith("b");
        script.goOn();
        first.join();
        script.awaitHeld();

        thread.join().interrupt();
        script.goOn();

        assertThat(stillInterrupted.join()).isTrue();
        assertThat(second.join()).containsExactly("done b");
    }

    @Test
    void closingEndsThoseWhoWait() {
        CompletableFuture<List<String>> first = held("a");
        CompletableFuture<List<String>> second = waits("b");
        CompletableFuture<List<String>> third = waits("c");

        Thread closing = new Thread(transactions::close);
        closing.start();
        await("it has told everyone, and waits for them to end")
                .until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        script.goOn();

        assertThat(List.of(reason(first), reason(second), reason(third))).containsOnly(Reason.CLOSED);
        assertThat(script.groups()).as("nobody is served any more").hasSize(1);
    }

    @Test
    void workInsideATransactionIsRefusedAtOnce() {
        CompletableFuture<List<String>> first = held("a");

        Throwable refused = catchThrowable(() -> transactions.work(transaction -> changes.make(List.of("b"))));

        assertThat(refused).isInstanceOf(IllegalStateException.class);
        script.goOn();
        first.join();
        assertThat(script.groups()).containsExactly(List.of("a"));
    }

    /** A caller that has the turn and keeps it until the script goes on. */
    private CompletableFuture<List<String>> held(String wanted) {
        script.holdWith(wanted);
        CompletableFuture<List<String>> caller =
                CompletableFuture.supplyAsync(() -> changes.make(List.of(wanted)), callers);
        script.awaitHeld();
        return caller;
    }

    /** A caller that comes while another one has the turn. */
    private CompletableFuture<List<String>> waits(String... wanted) {
        int before = changes.waiting();
        CompletableFuture<List<String>> caller =
                CompletableFuture.supplyAsync(() -> changes.make(List.of(wanted)), callers);
        await().until(() -> changes.waiting() == before + 1);
        return caller;
    }

    private static Throwable failure(CompletableFuture<?> caller) {
        return catchThrowableOfType(CompletionException.class, caller::join).getCause();
    }

    private static Reason reason(CompletableFuture<?> caller) {
        return ((StoreUnavailable) failure(caller)).reason();
    }

    private Transactions transactions(Duration timeout) {
        StorageOptions options = harness.options();
        PoolOptions pool = PoolOptions.of(options.engineOptions());
        Connections target = new Connections(PostgresUrl.parse(options.url()), options, pool);
        try {
            return new Transactions(target, new Failures(target.location()), pool, timeout);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
