package io.aipanel.postgres;

import static io.aipanel.ports.audit.AuditSamples.event;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aipanel.domain.audit.EventEncoding;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.LogPart;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.domain.audit.TreeGrowth;
import io.aipanel.domain.audit.TreeNode;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreCorrupt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the events of a database that was made before there was a tree over them. */
final class AdoptionTest {

    /** More than two of the pieces in which they are taken in. */
    private static final int EVENTS = 23_456;

    private final TestServer server = TestServer.shared();
    private final String database = server.emptyDatabase();

    @BeforeEach
    void makeAsItWas(@TempDir Path directory) throws Exception {
        EarlierSchema.make(server, database, directory, "audit", "0003-");
        server.execute(database, """
                INSERT INTO audit.events (index, at, actor, action, target, outcome, address, request_id, details)
                SELECT i, '2026-01-01Z'::timestamptz + i * interval '1 second', 'user:' || i %% 7, 'site.create',
                       CASE WHEN i %% 3 = 0 THEN '' ELSE 'site:' || i END,
                       (ARRAY['success', 'refused', 'failure'])[i %% 3 + 1],
                       CASE WHEN i %% 2 = 0 THEN '192.0.2.7' END, CASE WHEN i %% 5 = 0 THEN 'r' || i END, '{}'
                FROM generate_series(0, %1$d - 1) AS i;
                UPDATE audit.head SET size = %1$d;
                """.formatted(EVENTS));
    }

    @AfterEach
    void drop() {
        server.drop(database);
    }

    @Test
    void theyAreTakenIntoTheTreeAndTheLogGoesOn() {
        try (Storage storage = open()) {
            assertThat(storage.audit().size()).isEqualTo(EVENTS);
            assertThat(storage.audit().append(List.of(event("new"))).get(0).index())
                    .isEqualTo(EVENTS);
            assertThatTheTreeIsSound(storage.audit(), EVENTS + 1);
            assertThat(storage.check()).isEmpty();
        }
    }

    @Test
    void whatWasTakenInProvesItself() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (Storage storage = open()) {
            List<Hash> leaves = new ArrayList<>();
            for (int from = 0; from < EVENTS; from += 10_000) {
                storage.audit().part(from, 10_000).events().stream()
                        .map(stored -> EventEncoding.leaf(stored.event().orElseThrow()))
                        .forEach(leaves::add);
            }
            Map<Integer, Hash> roots =
                    roots(leaves, random.ints(60, 1, EVENTS + 1).boxed().collect(toSet()));
            for (int size : roots.keySet()) {
                int index = random.nextInt(size);
                assertThat(storage.audit().inclusion(index, size).proves(leaves.get(index), roots.get(size)))
                        .as("event %d in the tree of %d (seed %d)", index, size, seed)
                        .isTrue();
                for (int to : roots.keySet()) {
                    if (to >= size && random.nextInt(4) == 0) {
                        assertThat(storage.audit().consistency(size, to).proves(roots.get(size), roots.get(to)))
                                .as("the tree of %d begins with that of %d (seed %d)", to, size, seed)
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    void severalMayOpenItAtOnce() {
        List<CompletableFuture<Storage>> openings = IntStream.range(0, 3)
                .mapToObj(i -> CompletableFuture.supplyAsync(this::open))
                .toList();

        for (CompletableFuture<Storage> opening : openings) {
            try (Storage storage = opening.orTimeout(120, TimeUnit.SECONDS).join()) {
                assertThatTheTreeIsSound(storage.audit(), EVENTS);
            }
        }
    }

    @Test
    void whateverEndsItInBetweenTheNextOneGoesOn() {
        server.execute(database, "CREATE TABLE removed AS SELECT * FROM audit.events WHERE index = 15000");
        server.execute(
                database, "SET session_replication_role = replica; DELETE FROM audit.events WHERE index = 15000");

        assertThat(catchThrowableOfType(StoreCorrupt.class, this::open))
                .hasMessageContaining("event 15000 of the audit log is missing");
        server.execute(database, "INSERT INTO audit.events SELECT * FROM removed");
        server.execute(
                database,
                "SET session_replication_role = replica; UPDATE audit.events SET action = 'X' WHERE index = 20001");
        assertThat(catchThrowableOfType(StoreCorrupt.class, this::open))
                .hasMessageContaining("event 20001 of the audit log cannot be read (action: ");
        server.execute(
                database, "DO $$ BEGIN ASSERT (SELECT size FROM audit.tree) = 20000, 'two pieces are kept'; END $$");
        server.execute(
                database,
                "SET session_replication_role = replica;"
                        + " UPDATE audit.events SET action = 'site.create' WHERE index = 20001");

        try (Storage storage = open()) {
            assertThatTheTreeIsSound(storage.audit(), EVENTS);
        }
    }

    @Test
    void itIsDoneOnceSoThatNothingCanBeSlippedInLater() {
        open().close();
        server.execute(
                database,
                "INSERT INTO audit.events SELECT %d, at, actor, action, target, outcome, address, request_id, details"
                                .formatted(EVENTS)
                        + " FROM audit.events WHERE index = 0");

        try (Storage storage = open()) {
            assertThat(storage.audit().size()).isEqualTo(EVENTS);
            assertThat(storage.check()).contains("audit events beyond the end of the log: 1");
        }
    }

    private Storage open() {
        return new PostgresStorageProvider().open(StorageOptions.of(server.url(database)));
    }

    private static Map<Integer, Hash> roots(List<Hash> leaves, Set<Integer> sizes) {
        Map<Integer, Hash> roots = new HashMap<>();
        TreeGrowth growth = new TreeGrowth(Peaks.NONE);
        for (int i = 0; i < leaves.size(); i++) {
            growth.add(leaves.get(i));
            if (sizes.contains(i + 1)) {
                roots.put(i + 1, growth.peaks().root());
            }
        }
        return roots;
    }

    private static void assertThatTheTreeIsSound(AuditRepository audit, long size) {
        TreeGrowth growth = new TreeGrowth(Peaks.NONE);
        List<TreeNode> nodes = new ArrayList<>();
        LogPart part = audit.part(0, 10_000);
        while (!part.events().isEmpty()) {
            for (StoredEvent stored : part.events()) {
                assertThat(stored.index()).isEqualTo(growth.peaks().size());
                growth.add(EventEncoding.leaf(stored.event().orElseThrow()));
            }
            nodes.addAll(part.nodes());
            part = audit.part(growth.peaks().size(), 10_000);
        }
        assertThat(audit.tree()).isEqualTo(new LogTree(growth.peaks(), Peaks.NONE));
        assertThat(growth.peaks().size()).isEqualTo(size);
        assertThat(nodes).containsExactlyElementsOf(growth.takeCompleted());
    }
}
