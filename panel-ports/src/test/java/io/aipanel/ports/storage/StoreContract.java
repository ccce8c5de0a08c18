package io.aipanel.ports.storage;

/** What every contract of a store needs from the adapter that is under test: a fresh storage. */
public interface StoreContract {

    /** An empty storage with a current schema; the test closes it. */
    StorageHarness fresh();
}
