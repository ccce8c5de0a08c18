package io.aipanel.sqlite.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aipanel.ports.storage.StoreFull;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import io.aipanel.sqlite.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GroupCommitWriterTest {

    @TempDir
    Path directory;

    private Store store;

    @BeforeEach
    void open() {
        store = BatchOfSixteen.open(directory, Duration.ofSeconds(30));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void unitsThatWaitTogetherShareOneTransaction() {
        BatchOfSixteen batch = new BatchOfSixteen(store);

        batch.run((connection, number) -> BatchOfSixteen.insert(connection, number, 10));

        assertThat(batch.failures()).isEmpty();
        assertThat(batch.runs()).as("each unit runs once").containsOnly(1);
        assertThat(batch.stored())
                .containsExactlyElementsOf(IntStream.range(0, 16).boxed().toList());
    }

    @Test
    void unitsThatWantTheSameAreOneStep() {
        BatchOfSixteen batch = new BatchOfSixteen(store);
        List<List<Integer>> steps = new ArrayList<>();

        batch.runJointly((connection, numbers) -> {
            steps.add(List.copyOf(numbers));
            return insertedAndNegated(connection, numbers);
        });

        assertThat(steps).containsExactly(IntStream.range(0, 16).boxed().toList());
        assertThat(batch.stored()).containsExactlyElementsOf(steps.get(0));
        assertThat(batch.answers())
                .hasSize(16)
                .allSatisfy((number, answer) -> assertThat(answer).isEqualTo(-number));
    }

    @Test
    void oneThatFailsAmongThoseThatWantTheSameFailsAlone() {
        BatchOfSixteen batch = new BatchOfSixteen(store);

        batch.runJointly((connection, numbers) -> {
            List<Integer> negated = insertedAndNegated(connection, numbers);
            if (numbers.contains(7)) {
                throw new UnsupportedOperationException("seven");
            }
            return negated;
        });

        assertThat(batch.failures()).containsOnlyKeys(7);
        assertThat(batch.failures().get(7)).hasMessage("seven");
        assertThat(batch.stored())
                .containsExactlyElementsOf(IntStream.range(0, 16)
                        .filter(number -> number != 7)
                        .boxed()
                        .toList());
        assertThat(batch.answers())
                .hasSize(15)
                .allSatisfy((number, answer) -> assertThat(answer).isEqualTo(-number));
    }

    private static List<Integer> insertedAndNegated(StoreConnection connection, List<? extends Integer> numbers) {
        numbers.forEach(number -> BatchOfSixteen.insert(connection, number, 10));
        return numbers.stream().map(number -> -number).toList();
    }

    @Test
    void aUnitThatThrowsFailsAlone() {
        BatchOfSixteen batch = new BatchOfSixteen(store);

        batch.run((connection, number) -> {
            BatchOfSixteen.insert(connection, number, 10);
            if (number == 7) {
                throw new UnsupportedOperationException("seven");
            }
        });

        assertThat(batch.failures()).containsOnlyKeys(7);
        assertThat(batch.failures().get(7)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(batch.runs()).as("each unit runs once").containsOnly(1);
        assertThat(batch.stored()).as("nothing of the failed one").hasSize(15).doesNotContain(7);
    }

    @Test
    void aFullDiskInTheMiddleOfABatchFailsOnlyTheUnitThatHasNoRoom() {
        BatchOfSixteen batch = new BatchOfSixteen(store);
        store.write(connection -> connection
                .handle()
                .createQuery("PRAGMA max_page_count = 300")
                .mapTo(Long.class)
                .one());

        batch.run((connection, number) -> BatchOfSixteen.insert(connection, number, number == 7 ? 8_000_000 : 10));

        assertThat(batch.failures()).containsOnlyKeys(7);
        assertThat(batch.failures().get(7)).isInstanceOf(StoreFull.class);
        // Of the others those run twice that shared its transaction: on a slow machine not all sixteen do.
        assertThat(batch.runs().get(7))
                .as("the transaction was lost, and its units were run again, one by one")
                .isEqualTo(2);
        assertThat(batch.stored())
                .as("what was acknowledged is there")
                .hasSize(15)
                .doesNotContain(7);
    }

    /** A real one: the process may not write files beyond a size, and the write-ahead log hits that limit. */
    @Test
    void anInputOutputErrorInTheMiddleOfABatchFailsOnlyTheUnitThatHasIt() {
        store.close();
        try (ChildJvm child = ChildJvm.start(
                List.of("sh", "-c", "ulimit -f 12000; exec \"$@\"", "sh"),
                List.of(),
                LimitedFileSize.class,
                directory.toString())) {
            assertThat(child.finish())
                    .containsExactly(
                            "failed: [7]",
                            "with: UNREACHABLE SQLITE_IOERR_WRITE",
                            "runs of the seventh: 2",
                            "stored: 15");
        }

        open();
        assertThat(BatchOfSixteen.stored(store))
                .as("what was acknowledged is there after the process has ended")
                .hasSize(15)
                .doesNotContain(7);
    }

    /** Its files may have 6 MB at most, or 12 where the shell counts in blocks of 1024 bytes. */
    static final class LimitedFileSize {
        public static void main(String[] arguments) {
            Store limited = BatchOfSixteen.open(Path.of(arguments[0]), Duration.ofSeconds(30));
            BatchOfSixteen batch = new BatchOfSixteen(limited);
            batch.run((connection, number) -> BatchOfSixteen.insert(connection, number, number == 7 ? 30_000_000 : 10));
            System.out.println("failed: " + batch.failures().keySet());
            batch.failures().values().stream()
                    .map(StoreUnavailable.class::cast)
                    .forEach(failure -> System.out.println("with: " + failure.reason() + " "
                            + SqliteErrors.sqliteCause(failure)
                                    .orElseThrow()
                                    .getResultCode()
                                    .name()));
            System.out.println("runs of the seventh: " + batch.runs().get(7));
            System.out.println("stored: " + batch.stored().size());
            limited.close();
        }
    }

    @Test
    void aCallerWhoseTimeIsOverWhileQueuedHasDoneNothing() {
        CountDownLatch held = new CountDownLatch(1);
        AtomicBoolean ran = new AtomicBoolean();
        try (Store impatient = BatchOfSixteen.openAgain(directory, Duration.ofMillis(150));
                HeldWriter holder = HeldWriter.of(impatient, held)) {
            Throwable failure = catchThrowable(() -> impatient.write(connection -> {
                ran.set(true);
                return true;
            }));

            assertThat(failure)
                    .isInstanceOfSatisfying(
                            StoreUnavailable.class,
                            unavailable -> assertThat(unavailable.reason()).isEqualTo(Reason.TIMED_OUT));
            held.countDown();
            holder.awaitEnd();
            impatient.write(connection -> true);
            assertThat(ran)
                    .as("a unit that was taken out of the queue never runs")
                    .isFalse();
        }
    }

    @Test
    void aCallerWhoseTimeIsOverLaterDoesNotKnowTheOutcome() {
        CountDownLatch held = new CountDownLatch(1);
        try (Store impatient = BatchOfSixteen.openAgain(directory, Duration.ofMillis(150));
                HeldWriter holder = HeldWriter.of(impatient, held)) {
            assertThat(holder.failure())
                    .isInstanceOfSatisfying(
                            StoreUnavailable.class,
                            unavailable -> assertThat(unavailable.reason()).isEqualTo(Reason.OUTCOME_UNKNOWN));
            held.countDown();
        }
    }

    @Test
    void closingEndsTheCallsThatWait() {
        CountDownLatch held = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Store closing = BatchOfSixteen.openAgain(directory, Duration.ofSeconds(30));
        try (HeldWriter holder = HeldWriter.of(closing, held)) {
            Thread waiting = new Thread(() -> failure.set(catchThrowable(() -> closing.write(connection -> true))));
            waiting.start();
            BatchOfSixteen.awaitQueued(waiting);
            Thread closer = new Thread(closing::close);
            closer.start();
            BatchOfSixteen.awaitParked(closer);
            held.countDown();
            BatchOfSixteen.join(closer);
            BatchOfSixteen.join(waiting);

            assertThat(holder.failure()).as("the one under way is finished").isNull();
            assertThat(failure.get())
                    .isInstanceOfSatisfying(
                            StoreUnavailable.class,
                            unavailable -> assertThat(unavailable.reason()).isEqualTo(Reason.CLOSED));
        }
    }
}
