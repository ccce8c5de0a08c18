package io.aipanel.ports.hosting;

import static io.aipanel.ports.hosting.HostingSamples.database;
import static io.aipanel.ports.hosting.HostingSamples.site;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.hosting.DatabaseEngine;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteDatabase;
import io.aipanel.domain.iam.User;
import io.aipanel.ports.iam.IamSamples;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the databases of sites are added, listed and removed. */
public interface SiteDatabaseContract extends StoreContract {

    private static Site add(StorageHarness harness, String hostName) {
        User owner = harness.storage().iam().addUser(IamSamples.user("owner@" + hostName));
        return harness.storage().hosting().addSite(site(owner, hostName));
    }

    @Test
    default void aDatabaseIsFoundById() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            SiteDatabase database = database(add(harness, "example.com"), DatabaseEngine.POSTGRESQL, "shop");

            hosting.addDatabase(database);

            assertThat(hosting.database(database.id()))
                    .as("a database is found by id")
                    .contains(database);
        }
    }

    @Test
    default void anAbsentDatabaseIsAbsent() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            Site never = site(IamSamples.user("nobody@example.com"), "example.com");
            SiteDatabase database = database(never, DatabaseEngine.MARIADB, "shop");

            assertThat(hosting.database(database.id())).as("absence is empty").isEmpty();
            assertThat(hosting.databases(never.id()))
                    .as("a site that is not there has none")
                    .isEmpty();
            assertThat(hosting.removeDatabase(database.id()))
                    .as("absence is false")
                    .isFalse();
        }
    }

    @Test
    default void databasesComeByEngineThenByName() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            Site site = add(harness, "example.com");
            Site other = add(harness, "example.org");
            List<SiteDatabase> expected = Stream.concat(
                            Stream.of("a1", "a_b", "ab", "z").map(name -> database(site, DatabaseEngine.MARIADB, name)),
                            Stream.of("a", "a_b").map(name -> database(site, DatabaseEngine.POSTGRESQL, name)))
                    .toList();
            List.of(4, 2, 0, 5, 3, 1).forEach(i -> hosting.addDatabase(expected.get(i)));
            hosting.addDatabase(database(other, DatabaseEngine.MARIADB, "b"));

            assertThat(hosting.databases(site.id()))
                    .as("databases come by engine, then by name")
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    default void aDatabaseNameIsTakenOncePerEngine() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            Site first = add(harness, "example.com");
            Site second = add(harness, "example.org");
            hosting.addDatabase(database(first, DatabaseEngine.MARIADB, "shop"));
            SiteDatabase refused = database(second, DatabaseEngine.MARIADB, "shop");

            Refusal.alreadyExists("name", "an engine has a database name once", () -> hosting.addDatabase(refused));
            assertThat(hosting.databases(second.id()))
                    .as("a refused database is not there")
                    .isEmpty();
            SiteDatabase elsewhere = database(second, DatabaseEngine.POSTGRESQL, "shop");
            hosting.addDatabase(elsewhere);
            assertThat(hosting.database(elsewhere.id()))
                    .as("another engine may have it too")
                    .contains(elsewhere);
        }
    }

    @Test
    default void aTakenDatabaseIdIsRefused() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            SiteDatabase first = database(add(harness, "example.com"), DatabaseEngine.MARIADB, "shop");
            hosting.addDatabase(first);

            Refusal.alreadyExists(
                    "id",
                    "a taken id is refused",
                    () -> hosting.addDatabase(new SiteDatabase(
                            first.id(), first.siteId(), first.engine(), "other", first.user(), first.createdAt())));
        }
    }

    @Test
    default void aDatabaseOfNoSiteIsRefused() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            Site never = site(IamSamples.user("nobody@example.com"), "example.com");
            SiteDatabase database = database(never, DatabaseEngine.MARIADB, "shop");

            Refusal.brokenReference("a database belongs to a site", () -> hosting.addDatabase(database));
            assertThat(hosting.database(database.id()))
                    .as("a refused database is not there")
                    .isEmpty();
        }
    }

    @Test
    default void aRemovedDatabaseIsGoneAndItsNameFree() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            Site site = add(harness, "example.com");
            SiteDatabase removed = database(site, DatabaseEngine.MARIADB, "shop");
            hosting.addDatabase(removed);

            assertThat(hosting.removeDatabase(removed.id()))
                    .as("there was such a database")
                    .isTrue();

            assertThat(hosting.database(removed.id()))
                    .as("a removed database is gone")
                    .isEmpty();
            SiteDatabase next = database(site, DatabaseEngine.MARIADB, "shop");
            hosting.addDatabase(next);
            assertThat(hosting.databases(site.id())).as("its name is free").containsExactly(next);
        }
    }
}
