package io.aipanel.postgres.iam;

import io.aipanel.ports.iam.ApiTokenContract;
import io.aipanel.ports.iam.IamRaceContract;
import io.aipanel.ports.iam.LoginThrottleContract;
import io.aipanel.ports.iam.RoleContract;
import io.aipanel.ports.iam.SessionContract;
import io.aipanel.ports.iam.UserChangeContract;
import io.aipanel.ports.iam.UserContract;
import io.aipanel.ports.iam.UserListContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.postgres.PostgresStorageHarness;

/** Users, roles, sessions, API tokens and login attempts on PostgreSQL; {@code PgBouncerTest} runs it once more. */
public class PostgresIamRepositoryTest
        implements UserContract,
                UserChangeContract,
                UserListContract,
                RoleContract,
                SessionContract,
                ApiTokenContract,
                LoginThrottleContract,
                IamRaceContract {

    @Override
    public StorageHarness fresh() {
        return PostgresStorageHarness.direct();
    }
}
