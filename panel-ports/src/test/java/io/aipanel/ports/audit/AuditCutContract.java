package io.aipanel.ports.audit;

import static io.aipanel.ports.audit.AuditSamples.event;
import static io.aipanel.ports.audit.AuditTreeContract.some;
import static io.aipanel.ports.audit.AuditTreeContract.treeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.EventEncoding;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.ports.storage.Paging;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the oldest events are cut off, and what is left proves. */
public interface AuditCutContract extends StoreContract {

    @Test
    default void whatIsLeftAfterACutStillProvesItself() {
        for (int first : new int[] {1, 100, 256, 300, 512}) {
            try (StorageHarness harness = fresh()) {
                AuditRepository audit = harness.storage().audit();
                List<NewAuditEvent> events = new ArrayList<>(some(0, 600));
                audit.append(events);

                assertThat(audit.cut(first, event("cut")))
                        .as("a cut says how many events it has cut off")
                        .isEqualTo(first);
                events.add(event("cut"));
                assertThat(audit.removeCutOff(1_000))
                        .as("all that was cut off goes")
                        .isEqualTo(first);

                assertThat(audit.tree())
                        .as("the tree keeps its root, and begins at the cut")
                        .isEqualTo(new LogTree(treeOf(events), treeOf(events.subList(0, first))));
                assertThat(audit.event(first - 1))
                        .as("what was cut off is gone")
                        .isEmpty();
                assertThat(audit.event(first))
                        .as("the first one that is kept is there")
                        .isPresent();
                assertThat(audit.event(600))
                        .as("the cut is an event")
                        .hasValueSatisfying(cut -> assertThat(cut.event()).isEqualTo(event("cut")));
                audit.append(some(600, 30));
                events.addAll(some(600, 30));
                Hash root = treeOf(events).root();
                for (int index = first; index < events.size(); index += 11) {
                    assertThat(audit.inclusion(index, events.size())
                                    .proves(EventEncoding.leaf(events.get(index)), root))
                            .as("event %d is proven after a cut at %d", index, first)
                            .isTrue();
                }
                for (int from : new int[] {first, 560, 600, 631}) {
                    assertThat(audit.consistency(from, events.size())
                                    .proves(treeOf(events.subList(0, from)).root(), root))
                            .as("the size %d is proven after a cut at %d", from, first)
                            .isTrue();
                }
            }
        }
    }

    @Test
    default void cutsFollowEachOther() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            List<NewAuditEvent> events = new ArrayList<>(some(0, 600));
            audit.append(events);
            audit.cut(300, event("first cut"));
            audit.removeCutOff(10);
            assertThat(audit.cut(500, event("second cut")))
                    .as("a cut counts from the one before")
                    .isEqualTo(200);
            events.add(event("first cut"));
            events.add(event("second cut"));

            int removed = 10;
            for (int more = audit.removeCutOff(64); more > 0; more = audit.removeCutOff(64)) {
                removed += more;
            }

            assertThat(removed).as("what both have cut off goes, in pieces").isEqualTo(500);
            assertThat(audit.tree()).isEqualTo(new LogTree(treeOf(events), treeOf(events.subList(0, 500))));
            assertThat(Paging.all(50, page -> audit.events(AuditFilter.OLDEST, page)))
                    .as("the rest is listed")
                    .hasSize(102);
        }
    }

    @Test
    default void cuttingWhatIsGoneDoesNothing() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            audit.append(some(0, 10));
            assertThat(audit.cut(0, event("cut"))).as("nothing is below 0").isZero();
            audit.cut(5, event("cut"));
            assertThat(audit.cut(5, event("again"))).as("it is cut off already").isZero();
            assertThat(audit.cut(3, event("again"))).as("it is cut off already").isZero();

            assertThat(audit.size()).as("a cut that does nothing is no event").isEqualTo(11);
            assertThat(audit.tree().first()).as("a cut is never taken back").isEqualTo(5);
        }
    }

    @Test
    default void everythingMayBeCutOffButTheCutItself() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            List<NewAuditEvent> events = new ArrayList<>(some(0, 10));
            audit.append(events);

            assertThat(audit.cut(10, event("cut"))).isEqualTo(10);
            audit.removeCutOff(100);
            events.add(event("cut"));

            Peaks whole = treeOf(events);
            assertThat(audit.tree().peaks()).as("the tree goes on").isEqualTo(whole);
            assertThat(audit.inclusion(10, 11).proves(EventEncoding.leaf(event("cut")), whole.root()))
                    .as("the cut is proven")
                    .isTrue();
        }
    }

    @Test
    default void aCutOutOfRangeIsRefused() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            audit.append(some(0, 10));
            Refusal.of(IllegalArgumentException.class, "a cut is within the log", () -> audit.cut(11, event("cut")));
            Refusal.of(IllegalArgumentException.class, "a cut is within the log", () -> audit.cut(-1, event("cut")));
            Refusal.of(IllegalArgumentException.class, "at least one is to be removed", () -> audit.removeCutOff(0));
            assertThat(audit.size()).as("a refusal appends nothing").isEqualTo(10);
        }
    }

    @Test
    default void nothingIsProvenFromBelowACut() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            audit.append(some(0, 10));
            audit.cut(5, event("cut"));

            Refusal.of(
                    IllegalArgumentException.class, "what was cut off cannot be proven", () -> audit.inclusion(4, 11));
            Refusal.of(
                    IllegalArgumentException.class,
                    "a tree that ends below the cut cannot be proven",
                    () -> audit.consistency(4, 11));
        }
    }
}
