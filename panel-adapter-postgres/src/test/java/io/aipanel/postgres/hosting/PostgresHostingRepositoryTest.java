package io.aipanel.postgres.hosting;

import io.aipanel.ports.hosting.HostingRaceContract;
import io.aipanel.ports.hosting.SiteChangeContract;
import io.aipanel.ports.hosting.SiteContract;
import io.aipanel.ports.hosting.SiteDatabaseContract;
import io.aipanel.ports.hosting.SiteListContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.postgres.PostgresStorageHarness;

/** Sites and their databases on PostgreSQL; {@code PgBouncerTest} runs it once more. */
public class PostgresHostingRepositoryTest
        implements SiteContract, SiteChangeContract, SiteListContract, SiteDatabaseContract, HostingRaceContract {

    @Override
    public StorageHarness fresh() {
        return PostgresStorageHarness.direct();
    }
}
