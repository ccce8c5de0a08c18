package io.aipanel.postgres;

import io.aipanel.ports.storage.ContractCompleteness;
import org.junit.jupiter.api.Test;

/** Whether PostgreSQL runs the whole contract suite. */
final class PostgresCompletenessTest {

    private final ContractCompleteness completeness = ContractCompleteness.of(PostgresCompletenessTest.class);

    @Test
    void everyContractIsRunOnce() {
        completeness.assertEveryContractIsRunOnce();
    }

    @Test
    void noRuleIsOverridden() {
        completeness.assertNoRuleIsOverridden();
    }

    @Test
    void noRuleIsSkipped() {
        completeness.assertNoRuleIsSkipped();
    }
}
