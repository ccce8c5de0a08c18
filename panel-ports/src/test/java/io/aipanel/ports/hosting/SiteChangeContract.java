package io.aipanel.ports.hosting;

import static io.aipanel.ports.hosting.HostingSamples.T0;
import static io.aipanel.ports.hosting.HostingSamples.database;
import static io.aipanel.ports.hosting.HostingSamples.renamed;
import static io.aipanel.ports.hosting.HostingSamples.site;
import static io.aipanel.ports.hosting.HostingSamples.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.hosting.DatabaseEngine;
import io.aipanel.domain.hosting.DocumentRoot;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.PhpVersion;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteDatabase;
import io.aipanel.domain.hosting.SiteStatus;
import io.aipanel.domain.hosting.SystemUser;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserId;
import io.aipanel.ports.iam.IamSamples;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How sites are changed and removed, and which changes are refused. */
public interface SiteChangeContract extends StoreContract {

    private static User owner(StorageHarness harness) {
        return harness.storage().iam().addUser(IamSamples.user("owner@example.com"));
    }

    @Test
    default void anUpdateReplacesEverythingButIdAndCreation() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            Site site = hosting.addSite(site(owner(harness), "example.com", "www.example.com", "a.example"));
            User another = harness.storage().iam().addUser(IamSamples.user("another@example.com"));
            Site wanted = new Site(
                    site.id(),
                    new HostName("example.net"),
                    site(another, "x.example", "a.example", "new.example").aliases(),
                    new DocumentRoot("/srv/new"),
                    Optional.of(new PhpVersion("8.4")),
                    Optional.of(new SystemUser("site1")),
                    another.id(),
                    SiteStatus.SUSPENDED,
                    T0.plus(Duration.ofDays(9)),
                    T0.plusSeconds(7),
                    1);

            Site stored = hosting.updateSite(wanted).orElseThrow();

            assertThat(stored)
                    .as("an update keeps the creation and counts the version up")
                    .isEqualTo(new Site(
                            site.id(),
                            wanted.hostName(),
                            wanted.aliases(),
                            wanted.documentRoot(),
                            wanted.phpVersion(),
                            wanted.systemUser(),
                            another.id(),
                            wanted.status(),
                            T0,
                            T0.plusSeconds(7),
                            2));
            assertThat(hosting.site(site.id()))
                    .as("what was answered is what is stored")
                    .contains(stored);
            assertThat(hosting.siteByHostName(site.hostName()))
                    .as("a dropped name is free")
                    .isEmpty();
        }
    }

    @Test
    default void anUpdateOfASiteWithAStaleVersionIsRefused() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            Site first = hosting.addSite(site(owner(harness), "example.com"));
            Site second = hosting.updateSite(renamed(first, "example.org")).orElseThrow();

            Refusal.stale(1, 2, "a stale version loses", () -> hosting.updateSite(renamed(first, "example.net")));
            Refusal.stale(
                    3,
                    2,
                    "only the present version is accepted",
                    () -> hosting.updateSite(with(second, second.id(), second.owner(), 3)));
            assertThat(hosting.site(first.id())).as("a refusal changes nothing").contains(second);
            assertThat(hosting.siteByHostName(new HostName("example.net")))
                    .as("a refused update takes no name")
                    .isEmpty();
        }
    }

    @Test
    default void anUpdateToATakenNameIsRefused() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            User owner = owner(harness);
            hosting.addSite(site(owner, "taken.example", "alias.example"));
            Site site = hosting.addSite(site(owner, "example.com", "www.example.com"));

            Refusal.alreadyExists(
                    "hostName",
                    "a primary name is no alias of another site",
                    () -> hosting.updateSite(renamed(site, "alias.example")));
            Refusal.alreadyExists(
                    "aliases",
                    "an alias is no primary name of another site",
                    () -> hosting.updateSite(renamed(site, "example.com", "a.example", "taken.example")));
            assertThat(hosting.site(site.id())).as("a refusal changes nothing").contains(site);
            assertThat(hosting.siteByHostName(new HostName("a.example")))
                    .as("a refused update takes no name")
                    .isEmpty();
        }
    }

    @Test
    default void anUpdateToAnOwnerWhoDoesNotExistIsRefused() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            Site site = hosting.addSite(site(owner(harness), "example.com"));

            Refusal.brokenReference(
                    "a site has an owner who exists",
                    () -> hosting.updateSite(with(site, site.id(), new UserId(UUID.randomUUID()), 1)));
            assertThat(hosting.site(site.id())).as("a refusal changes nothing").contains(site);
        }
    }

    @Test
    default void aSiteMaySwapItsPrimaryNameWithAnAlias() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            Site site = hosting.addSite(site(owner(harness), "example.com", "www.example.com"));

            Site swapped = hosting.updateSite(renamed(site, "www.example.com", "example.com"))
                    .orElseThrow();

            assertThat(hosting.siteByHostName(new HostName("example.com")))
                    .as("a site's own names are no obstacle")
                    .contains(swapped);
            assertThat(swapped.hostName())
                    .as("the primary name was swapped")
                    .isEqualTo(new HostName("www.example.com"));
        }
    }

    @Test
    default void aDroppedAliasIsFreeForAnotherSite() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            User owner = owner(harness);
            Site first = hosting.addSite(site(owner, "example.com", "www.example.com"));
            hosting.updateSite(renamed(first, "example.com"));

            Site second = hosting.addSite(site(owner, "www.example.com"));

            assertThat(hosting.siteByHostName(new HostName("www.example.com")))
                    .as("a dropped alias is free")
                    .contains(second);
        }
    }

    @Test
    default void aRemovedSiteLeavesItsNamesFree() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            User owner = owner(harness);
            Site site = hosting.addSite(site(owner, "example.com", "www.example.com"));

            assertThat(hosting.removeSite(site.id(), 1))
                    .as("there was such a site")
                    .isTrue();

            assertThat(hosting.site(site.id())).as("a removed site is absent").isEmpty();
            assertThat(hosting.removeSite(site.id(), 1))
                    .as("it was removed already")
                    .isFalse();
            Site next = hosting.addSite(site(owner, "www.example.com", "example.com"));
            assertThat(hosting.site(next.id())).as("its names are free").contains(next);
        }
    }

    @Test
    default void aSiteIsRemovedOnlyByWhoHasSeenTheLatest() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            Site site = hosting.addSite(site(owner(harness), "example.com"));
            hosting.updateSite(site);

            Refusal.stale(1, 2, "a stale version removes nothing", () -> hosting.removeSite(site.id(), 1));
            assertThat(hosting.siteCount()).as("a refusal changes nothing").isEqualTo(1);
        }
    }

    @Test
    default void aSiteWithDatabasesCannotBeRemoved() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            Site site = hosting.addSite(site(owner(harness), "example.com", "www.example.com"));
            SiteDatabase database = database(site, DatabaseEngine.MARIADB, "shop");
            hosting.addDatabase(database);

            Refusal.brokenReference("a database keeps its site", () -> hosting.removeSite(site.id(), site.version()));
            assertThat(hosting.site(site.id())).as("a refusal changes nothing").contains(site);
            hosting.removeDatabase(database.id());
            assertThat(hosting.removeSite(site.id(), 1))
                    .as("nothing holds it any more")
                    .isTrue();
        }
    }
}
