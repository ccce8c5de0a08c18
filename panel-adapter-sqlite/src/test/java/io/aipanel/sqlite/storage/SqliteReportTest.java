package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.ReportContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteReportTest implements ReportContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
