package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.RequeueContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteRequeueTest implements RequeueContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
