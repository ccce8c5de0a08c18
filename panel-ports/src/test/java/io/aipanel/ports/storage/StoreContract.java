package io.aipanel.ports.storage;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What every contract of a store needs from the adapter that is under test: a fresh storage. As each test has its own,
 * they run side by side.
 */
@Execution(ExecutionMode.CONCURRENT)
public interface StoreContract {

    /** An empty storage with a current schema; the test closes it. */
    StorageHarness fresh();
}
