package io.aipanel.ports.hosting;

import static io.aipanel.ports.hosting.HostingSamples.T0;
import static io.aipanel.ports.hosting.HostingSamples.site;
import static io.aipanel.ports.hosting.HostingSamples.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.hosting.DocumentRoot;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteStatus;
import io.aipanel.domain.iam.User;
import io.aipanel.ports.iam.IamSamples;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How sites are added and found, and that no host name belongs to two of them. */
public interface SiteContract extends StoreContract {

    private static User owner(StorageHarness harness) {
        return harness.storage().iam().addUser(IamSamples.user("owner@example.com"));
    }

    @Test
    default void aSiteIsFoundByIdAndByEachOfItsNames() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            Site site = hosting.addSite(site(owner(harness), "example.com", "www.example.com", "b\u00FCcher.example"));

            assertThat(hosting.site(site.id())).as("a site is found by id").contains(site);
            assertThat(hosting.siteByHostName(new HostName("EXAMPLE.com.")))
                    .as("by its primary name")
                    .contains(site);
            assertThat(hosting.siteByHostName(new HostName("www.example.com")))
                    .as("by an alias")
                    .contains(site);
            assertThat(hosting.siteByHostName(new HostName("xn--bcher-kva.example")))
                    .as("by the ASCII form of an alias")
                    .contains(site);
        }
    }

    @Test
    default void aSiteStartsAtVersionOneWhateverIsGiven() {
        try (StorageHarness harness = fresh()) {
            User owner = owner(harness);
            Site given = site(owner, "example.com");

            assertThat(harness.storage().hosting().addSite(with(given, given.id(), owner.id(), 17)))
                    .as("a site starts at version 1")
                    .isEqualTo(given);
        }
    }

    @Test
    default void whatIsEmptyOfASiteStaysEmpty() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            Site full = site(owner(harness), "example.com", "www.example.com");
            Site bare = full.with(
                    full.hostName(),
                    new TreeSet<>(),
                    new DocumentRoot("/srv/\uD83D\uDE00 '%_\\;--"),
                    Optional.empty(),
                    Optional.empty(),
                    SiteStatus.SUSPENDED,
                    T0);

            hosting.addSite(bare);

            assertThat(hosting.site(bare.id())).as("what is empty stays empty").contains(bare);
        }
    }

    @Test
    default void anAbsentSiteIsAbsent() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            Site never = site(owner(harness), "example.com");

            assertThat(hosting.site(never.id())).as("absence is empty").isEmpty();
            assertThat(hosting.siteByHostName(never.hostName()))
                    .as("absence is empty")
                    .isEmpty();
            assertThat(hosting.updateSite(never)).as("absence is empty").isEmpty();
            assertThat(hosting.removeSite(never.id(), 1)).as("absence is false").isFalse();
        }
    }

    @Test
    default void aPrimaryNameThatIsAnotherPrimaryNameIsRefused() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            User owner = owner(harness);
            hosting.addSite(site(owner, "example.com"));
            Site second = site(owner, "example.com", "free.example");

            Refusal.alreadyExists("hostName", "a primary name is unique", () -> hosting.addSite(second));
            assertThat(hosting.site(second.id()))
                    .as("a refused site is not there")
                    .isEmpty();
            assertThat(hosting.siteByHostName(new HostName("free.example")))
                    .as("a refused site takes no name")
                    .isEmpty();
        }
    }

    @Test
    default void aPrimaryNameThatIsAnAliasIsRefused() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            User owner = owner(harness);
            hosting.addSite(site(owner, "example.com", "www.example.com"));

            Refusal.alreadyExists(
                    "hostName",
                    "a primary name is no alias of another site",
                    () -> hosting.addSite(site(owner, "www.example.com")));
        }
    }

    @Test
    default void anAliasThatIsAPrimaryNameIsRefused() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            User owner = owner(harness);
            hosting.addSite(site(owner, "example.com"));
            Site second = site(owner, "example.org", "example.com", "a.example");

            Refusal.alreadyExists(
                    "aliases", "an alias is no primary name of another site", () -> hosting.addSite(second));
            assertThat(hosting.siteByHostName(second.hostName()))
                    .as("a refused site takes no name")
                    .isEmpty();
        }
    }

    @Test
    default void anAliasThatIsAnotherAliasIsRefused() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            User owner = owner(harness);
            hosting.addSite(site(owner, "example.com", "b\u00FCcher.example"));

            Refusal.alreadyExists(
                    "aliases",
                    "an alias is unique in its ASCII form",
                    () -> hosting.addSite(site(owner, "example.org", "XN--BCHER-KVA.example")));
        }
    }

    @Test
    default void aTakenSiteIdIsRefused() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            User owner = owner(harness);
            Site first = hosting.addSite(site(owner, "example.com"));

            Refusal.alreadyExists(
                    "id",
                    "a taken id is refused",
                    () -> hosting.addSite(with(site(owner, "example.org"), first.id(), owner.id(), 1)));
        }
    }

    @Test
    default void aSiteOfNobodyIsRefused() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            Site site = site(IamSamples.user("nobody@example.com"), "example.com");

            Refusal.brokenReference("a site has an owner who exists", () -> hosting.addSite(site));
            assertThat(hosting.siteCount()).as("a refused site is not there").isZero();
        }
    }

    @Test
    default void aSiteMayHaveAHundredAliases() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            String[] aliases = IntStream.range(0, Site.MAX_ALIASES)
                    .mapToObj(i -> "a".repeat(60) + "." + "b".repeat(63) + "." + "c".repeat(63) + ".n" + i + ".example")
                    .toArray(String[]::new);

            Site site = hosting.addSite(site(owner(harness), "example.com", aliases));

            assertThat(hosting.site(site.id()).orElseThrow().aliases())
                    .as("every alias is kept, in order")
                    .containsExactlyElementsOf(site.aliases());
        }
    }
}
