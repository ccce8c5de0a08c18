package io.aipanel.ports.hosting;

import static io.aipanel.ports.hosting.HostingSamples.renamed;
import static io.aipanel.ports.hosting.HostingSamples.site;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteFilter;
import io.aipanel.domain.iam.User;
import io.aipanel.ports.iam.IamSamples;
import io.aipanel.ports.storage.Paging;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the list of sites is filtered, ordered and paged. */
public interface SiteListContract extends StoreContract {

    private static User user(StorageHarness harness, String name) {
        return harness.storage().iam().addUser(IamSamples.user(name + "@example.com"));
    }

    private static List<String> names(HostingRepository hosting, Optional<User> owner, Optional<String> search) {
        return Paging.all(2, page -> hosting.sites(new SiteFilter(owner.map(User::id), search), page)).stream()
                .map(site -> site.hostName().value())
                .toList();
    }

    @Test
    default void sitesComeInCodePointOrderOfTheirName() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            User owner = user(harness, "owner");
            Stream.of(
                            "ab.example",
                            "b\u00FCcher.example",
                            "a-c.example",
                            "a.example",
                            "10.example",
                            "a0.example",
                            "2.example")
                    .forEach(name -> hosting.addSite(site(owner, name, "alias-of-" + name)));

            assertThat(names(hosting, Optional.empty(), Optional.empty()))
                    .as("sites come in code point order of the ASCII form")
                    .containsExactly(
                            "10.example",
                            "2.example",
                            "a-c.example",
                            "a.example",
                            "a0.example",
                            "ab.example",
                            "xn--bcher-kva.example");
        }
    }

    @Test
    default void pagesOfSitesGiveEachOnceWithAllAliases() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            User owner = user(harness, "owner");
            List<Site> sites = Stream.of("a", "b", "c", "d", "e")
                    .map(name -> hosting.addSite(
                            site(owner, name + ".example", "0" + name + ".example", "z" + name + ".example")))
                    .toList();

            Paging.assertPages(sites, page -> hosting.sites(SiteFilter.ALL, page));
            assertThat(hosting.siteCount()).as("sites are counted, not names").isEqualTo(5);
        }
    }

    @Test
    default void sitesOfOneOwnerAreFound() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            User anna = user(harness, "anna");
            User bert = user(harness, "bert");
            hosting.addSite(site(anna, "a.example"));
            hosting.addSite(site(bert, "b.example"));
            hosting.addSite(site(anna, "c.example"));
            hosting.addSite(site(anna, "d.example"));

            assertThat(names(hosting, Optional.of(anna), Optional.empty()))
                    .as("the sites of one owner")
                    .containsExactly("a.example", "c.example", "d.example");
            assertThat(names(hosting, Optional.of(user(harness, "carl")), Optional.empty()))
                    .as("who owns nothing")
                    .isEmpty();
        }
    }

    @Test
    default void aSearchLooksAnywhereInThePrimaryName() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            User anna = user(harness, "anna");
            User bert = user(harness, "bert");
            hosting.addSite(site(anna, "shop.example", "find.example"));
            hosting.addSite(site(anna, "my-shop.test"));
            hosting.addSite(site(bert, "workshop.example"));

            assertThat(names(hosting, Optional.empty(), Optional.of("shop")))
                    .as("a search looks anywhere in the name")
                    .containsExactly("my-shop.test", "shop.example", "workshop.example");
            assertThat(names(hosting, Optional.empty(), Optional.of("SHOP.ex")))
                    .as("a search is compared as lower case")
                    .containsExactly("shop.example", "workshop.example");
            assertThat(names(hosting, Optional.of(anna), Optional.of("shop.")))
                    .as("owner and search together")
                    .containsExactly("my-shop.test", "shop.example");
            assertThat(names(hosting, Optional.empty(), Optional.of("find")))
                    .as("a search does not look at aliases")
                    .isEmpty();
            assertThat(names(hosting, Optional.empty(), Optional.of("")))
                    .as("an empty search finds everything")
                    .hasSize(3);
        }
    }

    @Test
    default void aSearchKnowsNoWildcards() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            User owner = user(harness, "owner");
            hosting.addSite(site(owner, "shop.example"));
            hosting.addSite(site(owner, "b\u00FCcher.example"));

            for (String search : List.of(
                    "%", "_", "sh_p", "s%p", "*", "s?op", "[s]hop", "\\", "'", "shop\\.", "\uD83D\uDE00", ";--")) {
                assertThat(names(hosting, Optional.empty(), Optional.of(search)))
                        .as("a search knows no wildcards: %s", search)
                        .isEmpty();
            }
        }
    }

    @Test
    default void sitesChangedBetweenPagesNeitherRepeatNorLoseOthers() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            User owner = user(harness, "owner");
            List<Site> sites = Stream.of("b", "d", "f", "h")
                    .map(name -> hosting.addSite(site(owner, name + ".example")))
                    .toList();
            Page<Site> first = hosting.sites(SiteFilter.ALL, PageRequest.first(2));

            hosting.updateSite(renamed(sites.get(1), "a.example", "e.example"));
            Site between = hosting.addSite(site(owner, "g.example"));
            hosting.removeSite(sites.get(2).id(), 1);
            Page<Site> second =
                    hosting.sites(SiteFilter.ALL, Paging.next(first, 2).orElseThrow());

            assertThat(second.items())
                    .as("changes between pages neither repeat nor lose others")
                    .containsExactly(between, sites.get(3));
        }
    }

    @Test
    default void aCursorOfAnotherListOfSitesIsRefused() {
        try (StorageHarness harness = fresh()) {
            HostingRepository hosting = harness.storage().hosting();
            PageRequest page = PageRequest.first(1);

            Refusal.cursor(() -> hosting.sites(SiteFilter.ALL, page.after(Cursor.of("17"))));
            Refusal.cursor(() -> hosting.sites(SiteFilter.ALL, page.after(Cursor.of("anna@example.com"))));
            Refusal.cursor(() -> hosting.sites(SiteFilter.ALL, page.after(Cursor.of("a.example", "17"))));
        }
    }
}
