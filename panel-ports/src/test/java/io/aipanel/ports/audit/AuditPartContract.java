package io.aipanel.ports.audit;

import static io.aipanel.ports.audit.AuditTreeContract.some;
import static io.aipanel.ports.audit.AuditTreeContract.treeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.audit.LogPart;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.domain.audit.TreeNode;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log as it is stored, for whoever checks it. */
public interface AuditPartContract extends StoreContract {

    @Test
    default void aFreshLogHasAnEmptyPart() {
        try (StorageHarness harness = fresh()) {
            LogPart part = harness.storage().audit().part(0, 10);

            assertThat(part.events()).as("a fresh log has no events").isEmpty();
            assertThat(part.nodes()).as("a fresh log has no nodes").isEmpty();
            assertThat(part.tree().size()).isZero();
        }
    }

    @Test
    default void partsTogetherAreTheLogAndItsNodes() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            List<NewAuditEvent> events = some(0, 1_030);
            audit.append(events.subList(0, 300));
            audit.append(events.subList(300, 1_030));
            List<StoredEvent> stored = new ArrayList<>();
            List<TreeNode> nodes = new ArrayList<>();
            LogPart part = audit.part(0, 7);
            while (!part.events().isEmpty()) {
                assertThat(part.tree().peaks())
                        .as("a part tells how large the log is")
                        .isEqualTo(treeOf(events));
                stored.addAll(part.events());
                nodes.addAll(part.nodes());
                part = audit.part(stored.size(), 7);
            }

            assertThat(stored)
                    .as("parts have every event in order")
                    .extracting(event -> event.event().orElseThrow())
                    .containsExactlyElementsOf(events);
            assertThat(stored.get(1_029).index())
                    .as("indexes are those of the log")
                    .isEqualTo(1_029);
            assertThat(nodes)
                    .as("a node comes with its last leaf, lower ones first")
                    .extracting(node -> node.height() + "/" + node.index())
                    .containsExactly("8/0", "8/1", "9/0", "8/2", "8/3", "9/1", "10/0");
            nodes.forEach(node -> assertThat(node.hash())
                    .as("a node is what its leaves make")
                    .isEqualTo(treeOf(events.subList(
                                    (int) (node.index() << node.height()), (int) (node.index() + 1 << node.height())))
                            .root()));
        }
    }

    @Test
    default void partsHaveABound() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            for (int max : new int[] {0, -1, 10_001}) {
                Refusal.of(IllegalArgumentException.class, "a part has 1 to 10 000 events", () -> audit.part(0, max));
            }
        }
    }
}
