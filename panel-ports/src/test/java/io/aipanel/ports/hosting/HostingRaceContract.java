package io.aipanel.ports.hosting;

import static io.aipanel.ports.hosting.HostingSamples.renamed;
import static io.aipanel.ports.hosting.HostingSamples.site;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.hosting.DatabaseEngine;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteDatabase;
import io.aipanel.domain.iam.User;
import io.aipanel.ports.iam.IamSamples;
import io.aipanel.ports.storage.AlreadyExists;
import io.aipanel.ports.storage.BrokenReference;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.StaleVersion;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens when several callers change sites at the same moment. */
public interface HostingRaceContract extends StoreContract {

    private static User owner(StorageHarness harness) {
        return harness.storage().iam().addUser(IamSamples.user("owner@example.com"));
    }

    @Test
    default void ofManyWhoTakeOneHostNameOneGetsIt() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            User owner = owner(harness);

            // Half of them want it as primary name, half as an alias.
            List<Race.Outcome<Site>> outcomes = Race.of(
                    8,
                    i -> () -> hosting.addSite(
                            i % 2 == 0
                                    ? site(owner, "wanted.example", "n" + i + ".example")
                                    : site(owner, "n" + i + ".example", "wanted.example")));

            assertThat(Race.failures(outcomes))
                    .as("a host name is unique under a race, primary against alias")
                    .hasSize(7)
                    .allSatisfy(failure -> assertThat(failure).isInstanceOf(AlreadyExists.class));
            assertThat(hosting.siteCount()).as("one site was added").isEqualTo(1);
        }
    }

    @Test
    default void twoSitesThatWantEachOthersNamesDoNotHoldEachOtherUp() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            User owner = owner(harness);
            for (int round = 0; round < 10; round++) {
                String a = "a" + round + ".example";
                String b = "b" + round + ".example";

                List<Race.Outcome<Site>> outcomes = Race.between(
                        List.of(() -> hosting.addSite(site(owner, a, b)), () -> hosting.addSite(site(owner, b, a))));

                assertThat(Race.failures(outcomes))
                        .as("one gets both names, the other is told that they are taken")
                        .hasSize(1)
                        .allSatisfy(failure -> assertThat(failure).isInstanceOf(AlreadyExists.class));
            }
        }
    }

    @Test
    default void aNameIsTakenOnceWhenSitesAreRenamedAtTheSameTime() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            User owner = owner(harness);
            List<Site> sites = List.of(
                    hosting.addSite(site(owner, "a.example")),
                    hosting.addSite(site(owner, "b.example")),
                    hosting.addSite(site(owner, "c.example")),
                    hosting.addSite(site(owner, "d.example")));

            List<Race.Outcome<Site>> outcomes = Race.of(
                    4,
                    i -> () -> hosting.updateSite(renamed(sites.get(i), "wanted.example"))
                            .orElseThrow());

            assertThat(Race.failures(outcomes))
                    .as("a host name is unique under a race of updates")
                    .hasSize(3)
                    .allSatisfy(failure -> assertThat(failure).isInstanceOf(AlreadyExists.class));
            Site winner = outcomes.stream()
                    .flatMap(outcome -> outcome.answer().stream())
                    .findFirst()
                    .orElseThrow();
            assertThat(hosting.siteByHostName(new HostName("wanted.example")))
                    .as("the winner has it")
                    .contains(winner);
        }
    }

    @Test
    default void ofManyUpdatesOfOneSiteOneWins() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            Site site = hosting.addSite(site(owner(harness), "example.com"));

            List<Race.Outcome<Site>> outcomes = Race.of(
                    8,
                    i -> () -> hosting.updateSite(renamed(site, "example.com", "n" + i + ".example"))
                            .orElseThrow());

            assertThat(Race.failures(outcomes))
                    .as("a stale version loses under a race")
                    .hasSize(7)
                    .allSatisfy(failure -> assertThat(failure).isInstanceOf(StaleVersion.class));
            assertThat(hosting.site(site.id()).orElseThrow().aliases())
                    .as("one alias was added")
                    .hasSize(1);
        }
    }

    @Test
    default void aSiteIsRemovedOrGetsADatabaseButNotBoth() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            User owner = owner(harness);
            for (int round = 0; round < 5; round++) {
                Site site = hosting.addSite(site(owner, "example.com"));
                SiteDatabase database = HostingSamples.database(site, DatabaseEngine.MARIADB, "shop");

                List<Race.Outcome<Boolean>> outcomes = Race.between(List.of(
                        () -> {
                            hosting.addDatabase(database);
                            return true;
                        },
                        () -> hosting.removeSite(site.id(), 1)));

                assertThat(Race.failures(outcomes))
                        .as("a site is removed or gets a database, but not both")
                        .hasSize(1)
                        .allSatisfy(failure -> assertThat(failure).isInstanceOf(BrokenReference.class));
                assertThat(hosting.site(site.id()).isPresent())
                        .as("a database has a site")
                        .isEqualTo(hosting.database(database.id()).isPresent());
                if (hosting.removeDatabase(database.id())) {
                    hosting.removeSite(site.id(), 1);
                }
            }
        }
    }
}
