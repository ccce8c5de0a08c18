package io.aipanel.sqlite;

import io.aipanel.ports.storage.ContractCompleteness;
import org.junit.jupiter.api.Test;

final class SqliteContractCompletenessTest {

    private final ContractCompleteness suite = ContractCompleteness.of(SqliteContractCompletenessTest.class);

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
