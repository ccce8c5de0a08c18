package io.aipanel.service.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.domain.hosting.DatabaseEngine;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteDatabase;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.ports.storage.AlreadyExists;
import io.aipanel.service.NotFound;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.PanelTest;
import io.aipanel.service.hosting.NewSite;
import io.aipanel.service.hosting.SiteChange;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.PermissionDenied;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartialRestoreTest extends PanelTest {

    private static final HostName SHOP = new HostName("shop.example.com");

    @Override
    protected PanelOptions options() {
        return super.options().backup(BackupOptions.in(directory.resolve("archives")));
    }

    @Test
    void aSiteThatWasRemovedIsBackWithItsDatabases() {
        Site site = addSite();
        panel.siteDatabases().add(PROGRAM, site.id(), DatabaseEngine.MARIADB, "shop", "shop");
        Backup made = create();
        SiteDatabase database = panel.siteDatabases().list(PROGRAM, site.id()).get(0);
        panel.siteDatabases().remove(PROGRAM, site.id(), database.id());
        panel.sites().remove(PROGRAM, site.id(), Optional.empty());
        user("later@example.com", "admin");

        List<String> done = panel.partialRestore().site(PROGRAM, made.name(), SHOP, CreateProgress.NONE);

        assertThat(done).hasSize(2).anyMatch(what -> what.contains("shop.example.com"));
        assertThat(panel.sites().find(PROGRAM, site.id()).orElseThrow().hostName())
                .isEqualTo(SHOP);
        assertThat(panel.siteDatabases().list(PROGRAM, site.id())).containsExactly(database);
        assertThat(panel.users().findByEmail(PROGRAM, new EmailAddress("later@example.com")))
                .as("everything else stays")
                .isPresent();
        AuditEvent last = events().get(events().size() - 1);
        assertThat(last.event().action()).isEqualTo("backup.restore");
        assertThat(last.event().details().value()).contains("site:shop.example.com");
    }

    @Test
    void aSiteThatWasChangedIsAsItWasAndKeepsNewDatabases() {
        Site site = addSite();
        Backup made = create();
        panel.sites()
                .change(
                        PROGRAM,
                        site.id(),
                        new SiteChange(
                                Optional.of(new HostName("store.example.com")),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        Optional.empty());
        panel.siteDatabases().add(PROGRAM, site.id(), DatabaseEngine.MARIADB, "later", "later");

        panel.partialRestore().site(PROGRAM, made.name(), SHOP, CreateProgress.NONE);

        Site restored = panel.sites().find(PROGRAM, site.id()).orElseThrow();
        assertThat(restored.hostName()).isEqualTo(SHOP);
        assertThat(restored.version())
                .as("who has seen the other version is told")
                .isEqualTo(3);
        assertThat(panel.siteDatabases().list(PROGRAM, site.id())).hasSize(1);
    }

    @Test
    void aSiteOfWhichAnotherHasTheNameIsRefusedAsAWhole() {
        Site site = addSite();
        Backup made = create();
        panel.sites().remove(PROGRAM, site.id(), Optional.empty());
        Site other = addSite();

        assertThatThrownBy(() -> panel.partialRestore().site(PROGRAM, made.name(), SHOP, CreateProgress.NONE))
                .isInstanceOf(AlreadyExists.class);
        assertThat(panel.sites().find(PROGRAM, site.id())).isEmpty();
        assertThat(panel.sites().find(PROGRAM, other.id())).contains(other);
        assertThatThrownBy(() -> panel.partialRestore()
                        .site(PROGRAM, made.name(), new HostName("never.example.com"), CreateProgress.NONE))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("there is no site never.example.com in the backup");
    }

    @Test
    void settingsAreAsTheyWere() {
        SettingName changed = new SettingName("hosting.change-job");
        panel.settings().set(PROGRAM, changed, "site.before");
        Backup made = create();
        panel.settings().set(PROGRAM, changed, "site.after");
        assertThat(panel.partialRestore().settings(PROGRAM, made.name(), CreateProgress.NONE))
                .containsExactly(changed.value());
        assertThat(panel.settings().show(PROGRAM, changed).value()).contains("site.before");
        assertThat(panel.partialRestore().settings(PROGRAM, made.name(), CreateProgress.NONE))
                .as("they are already")
                .isEmpty();

        Backup later = create();
        panel.settings().reset(PROGRAM, changed);
        panel.settings().set(PROGRAM, changed, "site.again");
        panel.partialRestore().settings(PROGRAM, later.name(), CreateProgress.NONE);
        assertThat(panel.settings().show(PROGRAM, changed).value()).contains("site.before");
    }

    @Test
    void whoMayMakeBackupsMayNotRestoreThem() {
        Backup made = create();
        user("otto@example.com", "operator");
        Actor otto = actor("otto@example.com");

        assertThatThrownBy(() -> panel.partialRestore().settings(otto, made.name(), CreateProgress.NONE))
                .isInstanceOf(PermissionDenied.class);
    }

    private Site addSite() {
        User owner = panel.users()
                .findByEmail(PROGRAM, new EmailAddress("anna@example.com"))
                .orElseGet(() -> user("anna@example.com", "admin"));
        return panel.sites()
                .add(
                        PROGRAM,
                        new NewSite(
                                SHOP,
                                Set.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(owner.id())));
    }

    private Backup create() {
        clock.advance(Duration.ofMinutes(1));
        return panel.backups().create(PROGRAM, BackupTrigger.ON_DEMAND, Optional.empty(), CreateProgress.NONE);
    }
}
