package io.aipanel.sqlite.audit;

import static io.aipanel.ports.audit.AuditSamples.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.audit.EventEncoding;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.LogPart;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.domain.audit.TreeGrowth;
import io.aipanel.domain.audit.TreeNode;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.WriteObserver;
import io.aipanel.sqlite.ChildJvm;
import io.aipanel.sqlite.SqliteStorageProvider;
import io.aipanel.sqlite.storage.News;
import io.aipanel.sqlite.storage.Released;
import io.aipanel.sqlite.storage.StorageDirectory;
import io.aipanel.sqlite.storage.Store;
import io.aipanel.sqlite.storage.StoreFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that were begun when there was no tree yet. */
final class EarlierEventsTest {

    /** Three pieces, the last of them not whole. */
    private static final int EVENTS = 20_300;

    private static final String FILL = """
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %d)
            INSERT INTO events ("index", at, actor, action, target, outcome, address, request_id, details)
            SELECT i, i * 1000, 'user:anna@example.com', 'site.create', 'site:' || i, 'success', NULL, 'r' || i,
                   '{"n":' || i || '}'
            FROM n
            """;

    @TempDir
    Path directory;

    @Test
    void areTakenIntoTheTreeWhenTheStoreIsOpened() throws SQLException {
        write(FILL.formatted(EVENTS));

        try (Storage storage = open(directory)) {
            assertIsItsTree(storage.audit(), EVENTS);
            assertThat(storage.audit().append(List.of(event("next"))).get(0).index())
                    .isEqualTo(EVENTS);
            assertIsItsTree(storage.audit(), EVENTS + 1);
        }
    }

    @Test
    void anEmptyLogHasNone() throws SQLException {
        write();

        try (Storage storage = open(directory)) {
            assertIsItsTree(storage.audit(), 0);
        }
    }

    @Test
    void areTakenInToTheEndByTheNextStartIfOneIsKilledMeanwhile() throws SQLException {
        write(FILL.formatted(EVENTS));
        try (ChildJvm child = ChildJvm.start(BeingKilled.class, directory.toString())) {
            child.awaitLine("one piece, and another that is not committed");
            child.kill();
        }

        try (Storage storage = open(directory)) {
            assertIsItsTree(storage.audit(), EVENTS);
        }
    }

    /** Goes as far as the middle of the second piece. */
    static final class BeingKilled {
        public static void main(String[] arguments) {
            StoreFile file =
                    new StorageDirectory(Path.of(arguments[0])).prepare().get(StoreName.AUDIT.ordinal());
            try (Store audit = Store.open(file, Duration.ofSeconds(30), News.NONE, WriteObserver.NONE)) {
                audit.write(EarlierEvents::takePiece);
                audit.write(connection -> {
                    boolean done = EarlierEvents.takePiece(connection);
                    System.out.println("one piece, and another that is not committed");
                    awaitTheEnd();
                    return done;
                });
            }
        }

        private static void awaitTheEnd() {
            try {
                if (System.in.read() >= 0) {
                    throw new IllegalStateException("to be killed, not to be talked to");
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void areTakenInOnceByManyWhoOpenTheStoreAtOnce() throws Exception {
        write(FILL.formatted(EVENTS));
        ExecutorService openers = Executors.newFixedThreadPool(3);
        Callable<Long> opening = () -> {
            try (Storage storage = open(directory)) {
                return storage.audit().append(List.of(event("opened"))).get(0).index();
            }
        };
        for (Future<Long> appended : openers.invokeAll(List.of(opening, opening, opening))) {
            assertThat(appended.get()).isBetween((long) EVENTS, EVENTS + 2L);
        }
        openers.shutdown();

        try (Storage storage = open(directory)) {
            assertIsItsTree(storage.audit(), EVENTS + 3);
        }
    }

    @Test
    void whatIsSlippedInLaterIsNotTakenIn() throws SQLException {
        write(FILL.formatted(300));
        open(directory).close();
        BehindTheBack file = new BehindTheBack(directory);
        file.execute("INSERT INTO events (\"index\", at, actor, action, target, outcome, details)"
                + " VALUES (300, 0, 'nobody', 'slipped.in', '', 'success', '{}')");

        try (Storage storage = open(directory)) {
            assertThat(storage.audit().size()).isEqualTo(300);
            assertThat(storage.audit().part(300, 10).events())
                    .as("it is seen by whoever checks the log")
                    .extracting(StoredEvent::index)
                    .containsExactly(300L);
        }
    }

    @Test
    void thoseThatAreMissingOrCannotBeReadLeaveTheirPlaceToBeFound() throws SQLException {
        write(
                FILL.formatted(300),
                "DROP TRIGGER events_are_never_removed",
                "DROP TRIGGER events_are_never_changed",
                "DELETE FROM events WHERE \"index\" IN (100, 101)",
                "UPDATE events SET action = 'No Action' WHERE \"index\" = 200",
                "CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events BEGIN SELECT 1; END");

        try (Storage storage = open(directory)) {
            AuditRepository audit = storage.audit();
            assertThat(audit.size()).isEqualTo(300);
            List<StoredEvent> stored = audit.part(0, 1_000).events();
            assertThat(stored).hasSize(298);
            TreeGrowth growth = new TreeGrowth(Peaks.NONE);
            Hash lost = Hash.leaf(new byte[0]);
            for (StoredEvent event : stored) {
                while (growth.peaks().size() < event.index()) {
                    growth.add(lost);
                }
                growth.add(event.event().map(EventEncoding::leaf).orElse(lost));
            }
            assertThat(audit.tree().peaks())
                    .as("places of lost events have the leaf of no event")
                    .isEqualTo(growth.peaks());
            assertThat(audit.append(List.of(event("next"))).get(0).index()).isEqualTo(300);
        }
    }

    private void write(String... rows) throws SQLException {
        Released.write(
                new StorageDirectory(directory).prepare().get(StoreName.AUDIT.ordinal()), "audit-0002.sql", rows);
    }

    /** Everything that is stored of the tree is what the stored events make. */
    private static void assertIsItsTree(AuditRepository audit, int size) {
        TreeGrowth growth = new TreeGrowth(Peaks.NONE);
        List<TreeNode> made = new ArrayList<>();
        List<TreeNode> stored = new ArrayList<>();
        LogPart part = audit.part(0, 10_000);
        while (!part.events().isEmpty()) {
            for (StoredEvent event : part.events()) {
                NewAuditEvent sound = event.event().orElseThrow();
                growth.add(EventEncoding.leaf(sound));
            }
            made.addAll(growth.takeCompleted());
            stored.addAll(part.nodes());
            part = audit.part(growth.peaks().size(), 10_000);
        }
        assertThat(growth.peaks().size()).isEqualTo(size);
        assertThat(audit.tree().peaks()).isEqualTo(growth.peaks());
        assertThat(stored).containsExactlyElementsOf(made);
    }

    private static Storage open(Path directory) {
        return new SqliteStorageProvider().open(StorageOptions.of("sqlite:" + directory));
    }
}
