package io.aipanel.service.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.hosting.DatabaseEngine;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.PhpVersion;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteDatabase;
import io.aipanel.domain.hosting.SiteFilter;
import io.aipanel.domain.hosting.SiteId;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.ports.storage.AlreadyExists;
import io.aipanel.ports.storage.BrokenReference;
import io.aipanel.ports.storage.StaleVersion;
import io.aipanel.service.NotFound;
import io.aipanel.service.PanelTest;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.PermissionDenied;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SitesTest extends PanelTest {

    private static final SiteChange PHP = new SiteChange(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Optional.of(new PhpVersion("8.3"))),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    @Test
    void aSiteIsAddedChangedAndRemovedWithOneEventEach() {
        user("anna@example.com", "operator");
        Actor anna = actor("anna@example.com");

        Site added = panel.sites().add(anna, site("Example.com", "www.example.com"));
        Site changed = panel.sites().change(anna, added.id(), PHP, Optional.of(1L));
        panel.sites().remove(anna, added.id(), Optional.of(2L));

        assertThat(added.documentRoot().value()).isEqualTo("/var/www/example.com");
        assertThat(changed.version()).isEqualTo(2);
        assertThat(panel.sites().find(anna, added.id())).isEmpty();
        assertThat(actions()).containsExactly("user.add", "session.login", "site.add", "site.change", "site.remove");
        assertThat(events().get(3).event().details().value())
                .contains("\"before\":{", "\"after\":{", "\"phpVersion\":\"8.3\"");
    }

    @Test
    void theJobThatTheSettingNamesFollowsEveryChange() {
        user("anna@example.com", "operator");
        Actor anna = actor("anna@example.com");
        panel.settings().set(PROGRAM, new SettingName("hosting.change-job"), "site.apply");

        Site added = panel.sites().add(anna, site("example.com"));
        panel.sites().change(anna, added.id(), PHP, Optional.empty());
        assertThatThrownBy(() -> panel.sites().add(anna, site("example.com"))).isInstanceOf(AlreadyExists.class);
        events();

        List<Job> jobs =
                panel.jobs().list(PROGRAM, JobFilter.ALL, PageRequest.first(10)).items();
        assertThat(jobs).hasSize(2).allMatch(job -> job.type().value().equals("site.apply"));
        assertThat(jobs.get(0).payload().value())
                .contains("site.change", added.id().toString());
    }

    @Test
    void aRefusedChangeLeavesNoTrace() {
        user("anna@example.com", "operator");
        Actor anna = actor("anna@example.com");
        Site first = panel.sites().add(anna, site("example.com", "www.example.com"));

        assertThatThrownBy(() -> panel.sites().add(anna, site("www.example.com")))
                .isInstanceOf(AlreadyExists.class);
        assertThatThrownBy(() -> panel.sites().change(anna, first.id(), PHP, Optional.of(7L)))
                .isInstanceOf(StaleVersion.class);
        assertThatThrownBy(() -> panel.sites().change(anna, new SiteId(new UUID(0, 1)), PHP, Optional.empty()))
                .isInstanceOf(NotFound.class);

        assertThat(panel.sites().find(anna, first.id())).contains(first);
        assertThat(actions()).containsExactly("user.add", "session.login", "site.add");
    }

    @Test
    void usersSeeAndChangeTheirOwnSitesOnly() {
        user("anna@example.com", "user");
        user("berta@example.com", "user");
        Actor anna = actor("anna@example.com");
        Actor berta = actor("berta@example.com");
        Site annas = panel.sites().add(anna, site("anna.example.com"));
        Site bertas = panel.sites().add(berta, site("berta.example.com"));

        assertThat(panel.sites()
                        .list(anna, SiteFilter.ALL, PageRequest.first(10))
                        .items())
                .containsExactly(annas);
        assertThat(panel.sites().find(anna, bertas.id())).isEmpty();
        assertThatThrownBy(() -> panel.sites().change(anna, bertas.id(), PHP, Optional.empty()))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> panel.sites().remove(anna, bertas.id(), Optional.empty()))
                .isInstanceOf(NotFound.class);
        assertThat(panel.sites()
                        .list(anna, new SiteFilter(berta.userId(), Optional.empty()), PageRequest.first(10))
                        .items())
                .isEmpty();
        NewSite forBerta = new NewSite(
                new HostName("x.example.com"),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                berta.userId());
        assertThatThrownBy(() -> panel.sites().add(anna, forBerta)).isInstanceOf(PermissionDenied.class);
    }

    @Test
    void anAuditorSeesEverySiteAndChangesNone() {
        user("anna@example.com", "user");
        user("audit@example.com", "auditor");
        Site site = panel.sites().add(actor("anna@example.com"), site("example.com"));
        Actor auditor = actor("audit@example.com");

        assertThat(panel.sites().find(auditor, site.id())).contains(site);
        assertThatThrownBy(() -> panel.sites().change(auditor, site.id(), PHP, Optional.empty()))
                .isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> panel.siteDatabases().add(auditor, site.id(), DatabaseEngine.MARIADB, "shop", "shop"))
                .isInstanceOf(PermissionDenied.class);
    }

    @Test
    void aProgramNamesAnOwner() {
        assertThatThrownBy(() -> panel.sites().add(PROGRAM, site("example.com")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("owner");
    }

    @Test
    void aSiteKeepsItsDatabasesUntilTheyAreRemoved() {
        user("anna@example.com", "user");
        Actor anna = actor("anna@example.com");
        Site site = panel.sites().add(anna, site("example.com"));
        SiteDatabase shop = panel.siteDatabases().add(anna, site.id(), DatabaseEngine.MARIADB, "shop", "shop");

        assertThatThrownBy(() -> panel.siteDatabases().add(anna, site.id(), DatabaseEngine.MARIADB, "shop", "other"))
                .isInstanceOf(AlreadyExists.class);
        assertThatThrownBy(() -> panel.sites().remove(anna, site.id(), Optional.empty()))
                .isInstanceOf(BrokenReference.class);
        assertThat(panel.siteDatabases().list(anna, site.id())).containsExactly(shop);
        panel.siteDatabases().remove(anna, site.id(), shop.id());
        assertThatThrownBy(() -> panel.siteDatabases().remove(anna, site.id(), shop.id()))
                .isInstanceOf(NotFound.class);
        panel.sites().remove(anna, site.id(), Optional.empty());
        assertThat(actions()).containsSubsequence("database.add", "database.remove", "site.remove");
    }

    private static NewSite site(String hostName, String... aliases) {
        Set<HostName> names = new TreeSet<>();
        for (String alias : aliases) {
            names.add(new HostName(alias));
        }
        return new NewSite(
                new HostName(hostName), names, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
