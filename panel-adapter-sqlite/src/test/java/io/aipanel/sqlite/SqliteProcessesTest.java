package io.aipanel.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.EventEncoding;
import io.aipanel.domain.audit.LogPart;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.domain.audit.TreeGrowth;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreMisconfigured;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds between processes. */
final class SqliteProcessesTest {

    @TempDir
    Path directory;

    @Test
    void indexesOfTheAuditLogStayDenseWhenTwoProcessesAppend() {
        int each = 300;
        try (Storage storage = open(directory);
                ChildJvm child = ChildJvm.start(Appending.class, directory.toString(), String.valueOf(each))) {
            child.awaitLine("ready");
            child.say("go");
            List<Long> ours = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                ours.add(append(storage, "ours").index());
            }
            List<String> said = child.finish();
            List<Long> theirs = said.stream().skip(1).map(Long::valueOf).toList();

            assertThat(LongStream.concat(
                            ours.stream().mapToLong(Long::longValue),
                            theirs.stream().mapToLong(Long::longValue)))
                    .as("indexes that were acknowledged")
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.range(0, 2L * each).boxed().toList());
            assertThat(storage.audit().size()).isEqualTo(2L * each);
            assertThat(storage.audit()
                            .events(AuditFilter.OLDEST, PageRequest.first(PageRequest.MAX_LIMIT))
                            .items())
                    .filteredOn(event -> event.event().action().equals("ours"))
                    .extracting(AuditEvent::index)
                    .as("each event is at the index that its caller was told")
                    .containsExactlyInAnyOrderElementsOf(ours);
            TreeGrowth growth = new TreeGrowth(Peaks.NONE);
            LogPart log = storage.audit().part(0, 10_000);
            log.events()
                    .forEach(
                            event -> growth.add(EventEncoding.leaf(event.event().orElseThrow())));
            assertThat(log.tree().peaks()).as("both have let one tree grow").isEqualTo(growth.peaks());
            assertThat(log.nodes()).containsExactlyElementsOf(growth.takeCompleted());
        }
    }

    /** Appends one event after the other, and tells their indexes. */
    static final class Appending {
        public static void main(String[] arguments) throws IOException {
            try (Storage storage = open(Path.of(arguments[0]))) {
                System.out.println("ready");
                awaitGo();
                for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                    System.out.println(append(storage, "theirs").index());
                }
            }
        }
    }

    @Test
    void aProcessBesideASaturatedWriterNeverFailsWithBusy() throws InterruptedException {
        try (ChildJvm child = ChildJvm.start(Saturating.class, directory.toString());
                Storage storage = open(directory)) {
            child.awaitLine("saturated");
            for (int i = 0; i < 40; i++) {
                // Each is thrown at us if it fails.
                storage.jobs().enqueue(List.of(NewJob.of("ours")));
            }
            child.say("enough");
            List<String> said = child.finish();

            assertThat(said).last().asString().matches("written without a failure: [1-9][0-9]{2,}");
        }
    }

    /** Writes from many threads without a pause, until it is told that it is enough. */
    static final class Saturating {
        public static void main(String[] arguments) throws IOException, InterruptedException {
            AtomicBoolean enough = new AtomicBoolean();
            CountDownLatch busy = new CountDownLatch(200);
            try (Storage storage = open(Path.of(arguments[0]))) {
                List<Thread> writers = new ArrayList<>();
                List<Long> written = Collections.synchronizedList(new ArrayList<>());
                for (int i = 0; i < 8; i++) {
                    Thread writer = new Thread(() -> {
                        long count = 0;
                        while (!enough.get()) {
                            storage.jobs().enqueue(List.of(NewJob.of("theirs")));
                            busy.countDown();
                            count++;
                        }
                        written.add(count);
                    });
                    writer.start();
                    writers.add(writer);
                }
                if (!busy.await(60, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the writers do not get anywhere");
                }
                System.out.println("saturated");
                awaitGo();
                enough.set(true);
                for (Thread writer : writers) {
                    writer.join();
                }
                if (written.size() == writers.size()) {
                    System.out.println("written without a failure: "
                            + written.stream().mapToLong(Long::longValue).sum());
                }
            }
        }
    }

    @Test
    void processesThatStartAtOnceOnAnEmptyDirectoryAreAllFine() {
        List<ChildJvm> children = IntStream.range(0, 3)
                .mapToObj(i -> ChildJvm.start(
                        Starting.class, directory.resolve("fresh").toString()))
                .toList();
        try {
            children.forEach(child -> child.awaitLine("ready"));
            children.forEach(child -> child.say("go"));
            children.forEach(child -> assertThat(child.finish()).containsExactly("ready", "appended"));
        } finally {
            children.forEach(ChildJvm::close);
        }

        try (Storage storage = open(directory.resolve("fresh"))) {
            assertThat(storage.audit().size()).isEqualTo(3);
            assertThat(storage.check()).isEmpty();
        }
    }

    /** Opens a storage when it is told to, and appends an event. */
    static final class Starting {
        public static void main(String[] arguments) throws IOException {
            System.out.println("ready");
            awaitGo();
            try (Storage storage = open(Path.of(arguments[0]))) {
                append(storage, "started");
                System.out.println("appended");
            }
        }
    }

    @Test
    void aSecondServerOfADirectoryIsRefusedAndToldWhoItIs() {
        try (ChildJvm child = ChildJvm.start(Serving.class, directory.toString())) {
            child.awaitLine("serving");

            assertThatThrownBy(() -> serve(directory))
                    .isInstanceOf(StoreMisconfigured.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("process " + child.pid());
            try (Storage beside = open(directory)) {
                assertThat(append(beside, "beside").index()).isZero();
            }
        }

        try (Storage storage = serve(directory)) {
            assertThat(storage.audit().size())
                    .as("a server that was killed does not keep the next one out")
                    .isEqualTo(1);
        }
    }

    /** Serves until it is killed. */
    static final class Serving {
        public static void main(String[] arguments) throws IOException {
            try (Storage storage = serve(Path.of(arguments[0]))) {
                if (storage.audit().size() == 0) {
                    System.out.println("serving");
                }
                awaitGo();
            }
        }
    }

    @Test
    void aSecondServerInTheSameProcessIsRefusedAndTheFirstKeepsItsLock() {
        try (Storage first = serve(directory)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> serve(directory))
                        .isInstanceOf(StoreMisconfigured.class)
                        .hasMessageContaining(
                                "process " + ProcessHandle.current().pid());
            }
            try (ChildJvm child = ChildJvm.start(BeingRefused.class, directory.toString())) {
                assertThat(child.finish()).containsExactly("refused");
            }
            assertThat(first.audit().size()).isZero();
        }
        serve(directory).close();
    }

    /** Tries to serve. */
    static final class BeingRefused {
        public static void main(String[] arguments) {
            try (Storage storage = serve(Path.of(arguments[0]))) {
                System.out.println("serving " + storage.audit().size());
            } catch (StoreMisconfigured e) {
                System.out.println("refused");
            }
        }
    }

    private static void awaitGo() throws IOException {
        if (System.in.read() < 0) {
            throw new IllegalStateException("nobody is there any more");
        }
    }

    static AuditEvent append(Storage storage, String action) {
        NewAuditEvent event = new NewAuditEvent(
                Instant.EPOCH,
                "test",
                action,
                "",
                AuditOutcome.SUCCESS,
                Optional.empty(),
                Optional.empty(),
                JsonText.EMPTY_OBJECT);
        return storage.audit().append(List.of(event)).get(0);
    }

    private static Storage open(Path directory) {
        return SqliteOpeningTest.open(directory);
    }

    private static Storage serve(Path directory) {
        return new SqliteStorageProvider()
                .open(new StorageOptions(
                        "sqlite:" + directory,
                        Optional.empty(),
                        Duration.ofSeconds(30),
                        StorageOptions.DEFAULT_OUTBOX_MAX,
                        true,
                        Map.of(),
                        InstantSource.system()));
    }
}
