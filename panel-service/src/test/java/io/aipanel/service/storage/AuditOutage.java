package io.aipanel.service.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Secret;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.ports.storage.OutboxFull;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.audit.AuditOptions;
import io.aipanel.service.audit.Evidence;
import io.aipanel.service.audit.Verification;
import io.aipanel.service.hosting.NewSite;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.NewUser;
import io.aipanel.service.jobs.JobMode;
import io.aipanel.service.storage.HealthReport.Check;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a panel does while its audit store takes nothing, whatever the reason, and after it is back. */
final class AuditOutage {

    /** So few effects may wait that the bound is soon met. */
    private static final long MOST_WAITING = 8;
    /** What a log that is about to be full may still take. */
    private static final int MOST_CHANGES = 300;
    /** Calls to a store that is held end soon. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Actor PROGRAM = Actor.program("test");
    private static final SettingName NAME = new SettingName("panel.name");

    private Panel panel;
    /** Of each change something that its event, and no other, has in it. */
    private final List<String> changes = new ArrayList<>();

    private int settings;

    AuditOutage(Panel panel) {
        this.panel = panel;
        changeSetting();
    }

    /** How a panel is opened that has to do with one. */
    static PanelOptions options(String url, InstantSource clock, Path key) {
        return options(url, clock, key, TIMEOUT);
    }

    /** How a panel is opened whose calls wait for longer than any test. */
    static PanelOptions patientOptions(String url, InstantSource clock, Path key) {
        return options(url, clock, key, Duration.ofMinutes(10));
    }

    private static PanelOptions options(String url, InstantSource clock, Path key, Duration timeout) {
        return PanelOptions.of(new StorageOptions(url, Optional.empty(), timeout, MOST_WAITING, false, Map.of(), clock))
                .jobs(JobMode.OFF)
                .audit(new AuditOptions(Optional.of(key), Optional.of("test/log"), List.of(), false));
    }

    /** Now the store is held by somebody: a panel with a change that waits closes without waiting for them. */
    void doesNotHoldUpClosing() {
        changeSetting();
        Thread closing = new Thread(panel::close, "closing");
        closing.start();
        await().atMost(PATIENCE).until(() -> !closing.isAlive());
    }

    /** Now it is free again, and another panel is open: what waited is in the log. */
    void isOverFor(Panel another) {
        panel = another;
        isOver();
    }

    /** Now the store takes nothing: changes go on until the outbox is full, and are refused from then on. */
    void lastsUntilTheOutboxIsFull(String why) {
        User anna = panel.users()
                .add(
                        PROGRAM,
                        new NewUser(
                                new EmailAddress("anna@example.com"),
                                "Anna",
                                Set.of(),
                                new Secret("correct horse battery")));
        changes.add(anna.id().toString());
        changes.add(
                panel.sites().add(PROGRAM, site("shop.example.com", anna)).id().toString());
        OutboxFull refused = changeUntilRefused();

        assertThat(refused).hasMessageContaining("audit.outbox.max");
        assertThat(panel.settings().show(PROGRAM, NAME).value())
                .as("what was refused was not changed")
                .contains(name(settings));
        HealthReport report = panel.health().check();
        assertThat(report.isReady()).as("changes are refused").isFalse();
        assertThat(check(report, "outbox").reason())
                .hasValueSatisfying(reason ->
                        assertThat(reason).contains(MOST_WAITING + " ").contains("changes are refused"));
        assertThat(check(report, "audit").reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains(why));
        assertThat(check(report, "audit").required())
                .as("changes go on without it")
                .isFalse();
        assertThat(report.checks())
                .filteredOn(check -> check.problem().isPresent())
                .as("the others are well")
                .extracting(Check::name)
                .containsExactly("audit", "outbox");
    }

    /** Now it takes events again: every change has one, in order, and the log proves itself. */
    void isOver() {
        await().atMost(PATIENCE).until(() -> events().size() >= changes.size());
        changeSetting();

        List<AuditEvent> events = events();
        assertThat(events).hasSameSizeAs(changes);
        for (int i = 0; i < changes.size(); i++) {
            AuditEvent event = events.get(i);
            assertThat(event.index()).isEqualTo(i);
            assertThat(event.event().target() + event.event().details().value()).contains(changes.get(i));
        }
        panel.audit().makeCheckpoint(PROGRAM);
        Verification found = panel.audit().verify(PROGRAM, Evidence.NONE);
        assertThat(found.status()).as(found.message()).isEqualTo(Verification.Status.INTACT);
        assertThat(found.checked()).isEqualTo(changes.size());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(panel.health().check().checks())
                        .allSatisfy(check -> assertThat(check.problem()).isEmpty()));
    }

    private OutboxFull changeUntilRefused() {
        for (int i = 0; i < MOST_CHANGES; i++) {
            try {
                changeSetting();
            } catch (OutboxFull e) {
                return e;
            }
        }
        throw new AssertionError("nothing was refused");
    }

    private void changeSetting() {
        String next = name(settings + 1);
        panel.settings().set(PROGRAM, NAME, next);
        settings++;
        changes.add("\"after\":\"" + next + "\"");
    }

    private static String name(int number) {
        return "name " + number;
    }

    private List<AuditEvent> events() {
        Page<AuditEvent> page = panel.audit().list(PROGRAM, AuditFilter.OLDEST, PageRequest.first(1_000));
        return page.items();
    }

    private static Check check(HealthReport report, String name) {
        return report.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static NewSite site(String name, User owner) {
        return new NewSite(
                new HostName(name),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(owner.id()));
    }
}
