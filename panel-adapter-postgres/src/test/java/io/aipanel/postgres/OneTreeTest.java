package io.aipanel.postgres;

import static io.aipanel.ports.audit.AuditSamples.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.audit.EventEncoding;
import io.aipanel.domain.audit.LogPart;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.domain.audit.TreeGrowth;
import io.aipanel.domain.storage.Effect;
import io.aipanel.domain.storage.EffectId;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Two storages on one database, as two processes have them: whoever appends by whatever means, there is one tree. */
final class OneTreeTest {

    private static final int ROUNDS = 25;

    @Test
    void whoAppendsRelaysAndCutsGrowsTheSameTree() {
        try (StorageHarness harness = PostgresStorageHarness.direct();
                Storage another = harness.openAnother(options -> options)) {
            Storage storage = harness.storage();

            List<Race.Outcome<Integer>> outcomes = Race.between(List.of(
                    rounds(round -> storage.audit().append(Collections.nCopies(7, event("a" + round)))),
                    rounds(round -> storage.audit().append(List.of(event("b" + round)))),
                    rounds(round -> another.audit().append(Collections.nCopies(11, event("c" + round)))),
                    rounds(round -> another.audit().append(List.of(event("d" + round)))),
                    rounds(round -> changeAndRelay(storage, round)),
                    rounds(round -> changeAndRelay(another, round)),
                    rounds(round ->
                            another.audit().cut(Math.min(round, another.audit().size()), event("cut " + round)))));

            assertThat(Race.answers(outcomes)).hasSize(7);
            while (storage.outbox().waiting() > 0) {
                storage.outbox().relay(100);
            }
            AuditRepository audit = storage.audit();
            assertThat(audit.size())
                    .as("every event once; the log was empty for the first cuts, maybe, and they did nothing then")
                    .isBetween(ROUNDS * 22L, ROUNDS * 23L);
            assertThat(audit.tree().peaks()).isEqualTo(treeOver(audit));
            assertThat(storage.check()).isEmpty();
        }
    }

    private static Callable<Integer> rounds(IntConsumer round) {
        return () -> {
            for (int i = 0; i < ROUNDS; i++) {
                round.accept(i);
            }
            return ROUNDS;
        };
    }

    private static void changeAndRelay(Storage storage, int round) {
        storage.write(transaction -> {
            transaction.emit(new Effect.Record(new EffectId(UUID.randomUUID()), event("relayed " + round)));
            return round;
        });
        storage.outbox().relay(10);
    }

    /** The events that were cut off are still there. */
    private static Peaks treeOver(AuditRepository audit) {
        TreeGrowth growth = new TreeGrowth(Peaks.NONE);
        LogPart part = audit.part(0, 10_000);
        for (StoredEvent stored : part.events()) {
            growth.add(EventEncoding.leaf(stored.event().orElseThrow()));
        }
        assertThat(part.nodes()).isEqualTo(growth.takeCompleted());
        return growth.peaks();
    }
}
