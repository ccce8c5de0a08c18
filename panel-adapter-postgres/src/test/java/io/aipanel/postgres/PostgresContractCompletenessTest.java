package io.aipanel.postgres;

import io.aipanel.ports.storage.ContractCompleteness;
import org.junit.jupiter.api.Test;

/** Whether PostgreSQL passes the whole contract suite, and not just a part of it. */
final class PostgresContractCompletenessTest {

    private final ContractCompleteness suite = ContractCompleteness.of(PostgresContractCompletenessTest.class);

    @Test
    void everyContractIsRunOnce() {
        suite.assertEveryContractIsRunOnce();
    }

    @Test
    void noRuleIsOverridden() {
        suite.assertNoRuleIsOverridden();
    }

    @Test
    void noRuleIsSkipped() {
        suite.assertNoRuleIsSkipped();
    }
}
