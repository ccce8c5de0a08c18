package io.aipanel.sqlite.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Whether the contract suite would notice a broken adapter, and would say which rule it breaks. */
@Execution(ExecutionMode.CONCURRENT)
class BrokenStorageTest {

    private static Stream<Fault> faults() {
        return FaultyContracts.faults().stream();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void theSuiteNoticesAndNames(Fault fault) {
        TestExecutionSummary summary = run(fault, Map.of(FaultyContracts.FAULT, fault.toString()));

        assertThat(summary.getFailures())
                .as("failures of %s on a storage that %s", fault.contractCase(), fault)
                .hasSize(1)
                .first()
                .extracting(failure -> failure.getException().getMessage(), InstanceOfAssertFactories.STRING)
                .contains(fault.rule());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void theSuiteAcceptsTheSameStorageWithout(Fault fault) {
        TestExecutionSummary summary = run(fault, Map.of());

        assertThat(summary.getFailures())
                .as("failures of %s on a storage without a fault", fault.contractCase())
                .extracting(failure -> failure.getException())
                .isEmpty();
        assertThat(summary.getTestsSucceededCount()).as("cases that were run").isEqualTo(1);
    }

    @Test
    void thereAreFaultsOfEveryKind() {
        assertThat(FaultyContracts.faults()).hasSizeGreaterThanOrEqualTo(15);
        assertThat(FaultyContracts.faults()).extracting(Fault::toString).doesNotHaveDuplicates();
    }

    private static TestExecutionSummary run(Fault fault, Map<String, String> parameters) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(FaultyContracts.runnerOf(fault.contract()), fault.contractCase()))
                .configurationParameters(parameters)
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .build();
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create(config).execute(request, listener);
        return listener.getSummary();
    }
}
