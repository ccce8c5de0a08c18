package io.aipanel.ports.jobs;

import io.aipanel.ports.storage.HostileTexts;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import org.junit.jupiter.api.Test;

/** Whether everything together means what each rule says: random operations, compared with a simple model. */
public interface QueueModelContract extends StoreContract {

    /** How many things are done. */
    int STEPS = 120;

    @Test
    default void anyMixOfOperationsMeansWhatTheRulesSay() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            QueueModelRun run =
                    new QueueModelRun(harness, other, HostileTexts.random("anyMixOfOperationsMeansWhatTheRulesSay"));
            for (int i = 1; i <= STEPS; i++) {
                run.step();
                if (i % 20 == 0) {
                    run.compareAll();
                }
            }
        }
    }
}
