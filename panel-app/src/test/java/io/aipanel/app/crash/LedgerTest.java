package io.aipanel.app.crash;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Secret;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.hosting.NewSite;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.NewUser;
import io.aipanel.service.jobs.JobMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the ledger, which the kill tests rest on, finds what it is there to find. */
class LedgerTest {

    @TempDir
    private Path directory;

    private String url = "";
    private String siteId = "";

    @BeforeEach
    void aPanelWithOneSite() {
        url = "sqlite:" + directory.resolve("data");
        Actor actor = Actor.program("test");
        try (Panel panel = Panel.open(PanelOptions.of(url).jobs(JobMode.OFF))) {
            panel.settings().set(actor, new SettingName("hosting.change-job"), "site.changed");
            User owner = panel.users()
                    .add(
                            actor,
                            new NewUser(
                                    new EmailAddress("anna@example.com"), "Anna", Set.of(), new Secret("a password")));
            Site site = panel.sites()
                    .add(
                            actor,
                            new NewSite(
                                    new HostName("example.com"),
                                    Set.of(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of(owner.id())));
            siteId = site.id().toString();
        }
    }

    @Test
    void whatIsWholeIsAccepted() {
        assertThatCode(() -> followAfter(storage -> {}, "site.add " + siteId)).doesNotThrowAnyException();
    }

    @Test
    void anAcknowledgedChangeThatIsMissingIsFound() {
        assertFound("changes with an event", storage -> {}, "setting.set lost");
    }

    @Test
    void aChangeWithoutItsEventIsFound() {
        assertFound(
                "the sites, against their events",
                storage -> storage.write(transaction -> {
                    Site site = transaction
                            .hosting()
                            .siteByHostName(new HostName("example.com"))
                            .orElseThrow();
                    return transaction.hosting().removeSite(site.id(), site.version());
                }));
    }

    @Test
    void anEventThatIsThereTwiceIsFound() {
        assertFound("was added before", storage -> {
            AuditEvent event = event(storage, "site.add");
            storage.audit().append(List.of(event.event()));
        });
    }

    @Test
    void aJobThatIsThereTwiceIsFound() {
        assertFound("the jobs, against the events", storage -> {
            Job job = storage.jobs()
                    .jobs(JobFilter.ALL, PageRequest.first(1))
                    .items()
                    .get(0);
            storage.jobs()
                    .enqueue(List.of(
                            NewJob.of("site.changed").payload(job.payload().value())));
        });
    }

    private void assertFound(String what, Consumer<Storage> harm, String... acknowledged) {
        assertThatThrownBy(() -> followAfter(harm, acknowledged))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(what);
    }

    private void followAfter(Consumer<Storage> harm, String... acknowledged) {
        try (Storage storage = KillSeries.openStorage(url)) {
            harm.accept(storage);
            new Ledger().follow(storage, List.of(acknowledged));
        }
    }

    private static AuditEvent event(Storage storage, String action) {
        return storage.audit()
                .events(AuditFilter.NEWEST.action(action), PageRequest.first(1))
                .items()
                .get(0);
    }
}
