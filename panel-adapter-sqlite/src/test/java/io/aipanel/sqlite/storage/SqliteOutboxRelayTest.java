package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.OutboxRelayContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteOutboxRelayTest implements OutboxRelayContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
