package io.aipanel.sqlite.iam;

import io.aipanel.ports.iam.IamRaceContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteIamRaceTest implements IamRaceContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
