package io.aipanel.ports.audit;

import static io.aipanel.ports.audit.AuditSamples.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.EventEncoding;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.domain.audit.TreeGrowth;
import io.aipanel.domain.storage.Effect;
import io.aipanel.domain.storage.EffectId;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The tree over the audit log, and what it proves. */
public interface AuditTreeContract extends StoreContract {

    @Test
    default void theTreeOfAFreshLogIsEmpty() {
        try (StorageHarness harness = fresh()) {
            assertThat(harness.storage().audit().tree())
                    .as("a fresh log has no leaves and begins at 0")
                    .isEqualTo(LogTree.EMPTY);
        }
    }

    @Test
    default void everyEventBecomesALeafInOrder() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            List<NewAuditEvent> events = new ArrayList<>();
            for (int size : new int[] {1, 0, 2, 5, 250, 255, 1, 600}) {
                List<NewAuditEvent> batch = some(events.size(), size);
                audit.append(batch);
                events.addAll(batch);

                assertThat(audit.tree())
                        .as("the tree has a leaf for each event, in order")
                        .isEqualTo(new LogTree(treeOf(events), Peaks.NONE));
            }
        }
    }

    @Test
    default void everyPartOfAnEventIsInItsLeaf() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            List<NewAuditEvent> events =
                    List.of(AuditSamples.withDetails("{ \"a\":1.0 }"), event("\u00fc\uD83D\uDE00"));
            audit.append(events);

            assertThat(audit.tree().root())
                    .as("a leaf is the hash of the event's canonical bytes")
                    .isEqualTo(Hash.node(EventEncoding.leaf(events.get(0)), EventEncoding.leaf(events.get(1))));
        }
    }

    @Test
    default void eventsFromAnOutboxAreLeavesToo() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            storage.audit().append(some(0, 3));
            storage.write(transaction -> {
                for (int i = 0; i < 5; i++) {
                    transaction.emit(new Effect.Record(new EffectId(UUID.randomUUID()), event("relayed " + i)));
                }
                return true;
            });
            storage.outbox().relay(100);

            assertThat(storage.audit().tree().peaks())
                    .as("events that were relayed are leaves as others are")
                    .isEqualTo(treeOf(stored(storage.audit())));
            assertThat(storage.audit().size()).isEqualTo(8);
        }
    }

    @Test
    default void oneTreeGrowsUnderARace() {
        try (StorageHarness harness = fresh();
                Storage another = harness.openAnother(UnaryOperator.identity())) {
            AuditRepository audit = harness.storage().audit();
            Race.answers(Race.of(8, racer -> () -> {
                AuditRepository mine = racer % 2 == 0 ? audit : another.audit();
                for (int i = 0; i < 20; i++) {
                    mine.append(some(racer * 1_000 + i * 3, 3));
                }
                return racer;
            }));

            assertThat(audit.tree().peaks())
                    .as("however many append, there is one tree in the order of the log")
                    .isEqualTo(treeOf(stored(audit)));
            assertThat(another.audit().tree()).isEqualTo(audit.tree());
        }
    }

    @Test
    default void inclusionIsProvenAtEverySize() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            List<NewAuditEvent> events = some(0, 1_030);
            audit.append(events);
            for (int size : new int[] {1, 2, 3, 255, 256, 257, 511, 512, 513, 1_024, 1_030}) {
                Hash root = treeOf(events.subList(0, size)).root();
                for (int index = 0; index < size; index += 1 + size / 7) {
                    assertThat(audit.inclusion(index, size).proves(EventEncoding.leaf(events.get(index)), root))
                            .as("event %d is proven to be in the tree of %d", index, size)
                            .isTrue();
                }
            }
        }
    }

    @Test
    default void consistencyIsProvenBetweenAnySizes() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            List<NewAuditEvent> events = some(0, 1_030);
            audit.append(events);
            int[] sizes = {1, 2, 3, 255, 256, 257, 512, 700, 1_024, 1_030};
            for (int from : sizes) {
                for (int to : sizes) {
                    if (from <= to) {
                        Hash fromRoot = treeOf(events.subList(0, from)).root();
                        Hash toRoot = treeOf(events.subList(0, to)).root();
                        assertThat(audit.consistency(from, to).proves(fromRoot, toRoot))
                                .as("the tree of %d begins with that of %d", to, from)
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    default void proofsOfWhatIsNotThereAreRefused() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            audit.append(some(0, 10));
            long[][] inclusions = {{-1, 10}, {10, 10}, {5, 5}, {0, 11}, {0, 0}, {Long.MAX_VALUE, Long.MAX_VALUE}};
            for (long[] bounds : inclusions) {
                Refusal.of(
                        IllegalArgumentException.class,
                        "an event that is not in the tree cannot be proven",
                        () -> audit.inclusion(bounds[0], bounds[1]));
            }
            long[][] consistencies = {{0, 10}, {-1, 10}, {5, 4}, {1, 11}, {11, 11}};
            for (long[] bounds : consistencies) {
                Refusal.of(
                        IllegalArgumentException.class,
                        "a tree that there never was cannot be proven",
                        () -> audit.consistency(bounds[0], bounds[1]));
            }
        }
    }

    /** Events that can be told apart. */
    static List<NewAuditEvent> some(int from, int number) {
        return IntStream.range(from, from + number)
                .mapToObj(i -> event("target " + i))
                .toList();
    }

    /** The tree over events. */
    static Peaks treeOf(List<NewAuditEvent> events) {
        TreeGrowth growth = new TreeGrowth(Peaks.NONE);
        events.forEach(event -> growth.add(EventEncoding.leaf(event)));
        return growth.peaks();
    }

    /** All events of a log, by index. */
    static List<NewAuditEvent> stored(AuditRepository audit) {
        return LongStream.range(0, audit.size())
                .mapToObj(index -> audit.event(index).map(AuditEvent::event).orElseThrow())
                .toList();
    }
}
