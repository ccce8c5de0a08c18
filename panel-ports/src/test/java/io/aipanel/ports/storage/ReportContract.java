package io.aipanel.ports.storage;

import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.hosting.DatabaseEngine;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.User;
import io.aipanel.ports.audit.AuditSamples;
import io.aipanel.ports.hosting.HostingSamples;
import io.aipanel.ports.iam.IamSamples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a storage says about itself. */
public interface ReportContract extends StoreContract {

    /** Puts something into each store. */
    private static void fill(Storage storage) {
        User anna = storage.iam().addUser(IamSamples.user("anna@example.com", Role.ADMIN));
        storage.iam().addSession(IamSamples.session(anna, IamSamples.T0));
        Site site = storage.hosting().addSite(HostingSamples.site(anna, "example.com", "www.example.com"));
        storage.hosting().addDatabase(HostingSamples.database(site, DatabaseEngine.MARIADB, "shop"));
        storage.audit().append(List.of(AuditSamples.event("a"), AuditSamples.event("b")));
        storage.jobs().enqueue(List.of(work(), work(), work()));
        EffectSamples.emit(storage, EffectSamples.event("c"), EffectSamples.enqueue(work()));
    }

    @Test
    default void everyStoreOfAnOpenStorageIsHealthy() {
        try (StorageHarness harness = fresh()) {
            assertThat(harness.storage().health())
                    .as("every store is healthy, in the order of their names")
                    .containsExactly(
                            new StoreHealth(StoreName.PANEL, Optional.empty()),
                            new StoreHealth(StoreName.AUDIT, Optional.empty()),
                            new StoreHealth(StoreName.QUEUE, Optional.empty()));
        }
    }

    @Test
    default void aReportTellsWhereTheDataIs() {
        try (StorageHarness harness = fresh()) {
            StorageReport report = harness.storage().report();

            assertThat(report.engine()).as("the engine and its version").matches("\\S+ .*\\d.*");
            assertThat(report.location()).as("the storage URL").contains(":");
            assertThat(report.stores())
                    .as("one entry per store")
                    .extracting(StorageReport.StoreReport::store)
                    .containsExactly(StoreName.values());
            assertThat(report.stores()).allSatisfy(store -> {
                assertThat(store.location()).as("where the store is").isNotBlank();
                assertThat(store.schemaVersion()).as("the schema is current").matches("\\d{4}-.+");
                assertThat(store.bytes()).as("a store takes room").isPositive();
                assertThat(store.walBytes()).as("the log's size").isNotNegative();
            });
        }
    }

    @Test
    default void aReportCountsTheRowsOfEachTable() {
        try (StorageHarness harness = fresh()) {
            fill(harness.storage());

            List<StorageReport.StoreReport> stores = harness.storage().report().stores();

            assertThat(stores.get(0).rows())
                    .as("the rows of the panel store")
                    .containsEntry("users", 1L)
                    .containsEntry("sessions", 1L)
                    .containsEntry("sites", 1L)
                    .containsEntry("site_names", 2L)
                    .containsEntry("audit_outbox", 1L)
                    .containsEntry("job_outbox", 1L)
                    .containsEntry("components", 0L);
            assertThat(stores.get(1).rows()).as("the rows of the audit log").containsEntry("events", 2L);
            assertThat(stores.get(2).rows()).as("the rows of the queue").containsEntry("jobs", 3L);
        }
    }

    @Test
    default void aSoundStorageShowsNoDamage() {
        try (StorageHarness harness = fresh()) {
            assertThat(harness.storage().check()).as("a fresh storage is sound").isEmpty();
            fill(harness.storage());
            assertThat(harness.storage().check()).as("a used storage is sound").isEmpty();
        }
    }
}
