package io.aipanel.ports.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.versions.Component;
import io.aipanel.domain.versions.ComponentChange;
import io.aipanel.domain.versions.ComponentName;
import io.aipanel.domain.versions.Finding;
import io.aipanel.domain.versions.Pin;
import io.aipanel.domain.versions.UpdatePolicy;
import io.aipanel.ports.iam.IamSamples;
import io.aipanel.ports.storage.HostileTexts;
import io.aipanel.ports.storage.Paging;
import io.aipanel.ports.storage.PanelTransaction;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How components and their history are kept. */
public interface VersionRepositoryContract extends StoreContract {

    /** When the samples were checked. */
    Instant T0 = IamSamples.T0;

    private static Component component(String name) {
        return new Component(
                new ComponentName(name),
                new Finding("a source", Optional.of("1.0"), Optional.of("1.1~rc1+deb12u1")),
                UpdatePolicy.AUTOMATIC,
                Optional.of(new Pin("1.0", "because", Optional.of(T0.plusSeconds(5)))),
                Optional.of(T0));
    }

    private static Finding finding(String installed) {
        return new Finding("a source", Optional.of(installed), Optional.empty());
    }

    @Test
    default void aComponentThatWasSavedIsFound() {
        try (StorageHarness harness = fresh()) {
            VersionRepository versions = harness.storage().versions();
            Component full = component("nginx");
            Component bare = Component.unchecked(new ComponentName("php8.3-fpm"));
            Component pinnedForEver = bare.withPin(Optional.of(new Pin("8.3", "", Optional.empty())))
                    .withPolicy(UpdatePolicy.HOLD);

            versions.save(full);
            versions.save(bare);
            assertThat(versions.component(full.name())).as("every part is kept").contains(full);
            assertThat(versions.component(bare.name()))
                    .as("what is empty stays empty")
                    .contains(bare);
            versions.save(pinnedForEver);
            assertThat(versions.component(bare.name()))
                    .as("a pin may last for ever")
                    .contains(pinnedForEver);
        }
    }

    @Test
    default void anAbsentComponentIsAbsent() {
        try (StorageHarness harness = fresh()) {
            VersionRepository versions = harness.storage().versions();
            ComponentName never = new ComponentName("nginx");

            assertThat(versions.component(never)).as("absence is empty").isEmpty();
            assertThat(versions.components()).as("there are no components").isEmpty();
            assertThat(versions.remove(never)).as("absence is false").isFalse();
            assertThat(versions.changes(never, PageRequest.first(1)).items())
                    .as("no history")
                    .isEmpty();
        }
    }

    @Test
    default void savingAgainReplacesEverything() {
        try (StorageHarness harness = fresh()) {
            VersionRepository versions = harness.storage().versions();
            versions.save(component("nginx"));
            Component emptied = Component.unchecked(new ComponentName("nginx"));

            versions.save(emptied);

            assertThat(versions.components()).as("saving replaces everything").containsExactly(emptied);
        }
    }

    @Test
    default void componentsComeInCodePointOrderOfTheirName() {
        try (StorageHarness harness = fresh()) {
            VersionRepository versions = harness.storage().versions();
            Stream.of("php8.3-fpm", "libc++1", "libc-bin", "libc6", "libc.so", "0ad", "php8.10-fpm", "libcap")
                    .forEach(name -> versions.save(component(name)));

            assertThat(versions.components())
                    .as("components come in code point order of their name")
                    .extracting(each -> each.name().value())
                    .containsExactly(
                            "0ad", "libc++1", "libc-bin", "libc.so", "libc6", "libcap", "php8.10-fpm", "php8.3-fpm");
        }
    }

    @Test
    default void textOfComponentsComesBackToTheLetter() {
        try (StorageHarness harness = fresh()) {
            VersionRepository versions = harness.storage().versions();
            for (String text : HostileTexts.IN_ORDER) {
                Component component = new Component(
                        new ComponentName("nginx"),
                        new Finding(text, Optional.of(text), Optional.of(text)),
                        UpdatePolicy.NOTIFY,
                        Optional.of(new Pin(text, text, Optional.empty())),
                        Optional.empty());
                versions.save(component);
                assertThat(versions.component(component.name()))
                        .as("text comes back to the letter")
                        .contains(component);
            }
        }
    }

    @Test
    default void aRemovedComponentKeepsItsHistory() {
        try (StorageHarness harness = fresh()) {
            VersionRepository versions = harness.storage().versions();
            Component nginx = component("nginx");
            versions.save(nginx);
            versions.addChange(nginx.name(), T0, nginx.finding());

            assertThat(versions.remove(nginx.name()))
                    .as("there was such a component")
                    .isTrue();

            assertThat(versions.component(nginx.name()))
                    .as("a removed component is absent")
                    .isEmpty();
            assertThat(versions.changes(nginx.name(), PageRequest.first(9)).items())
                    .as("the history stays")
                    .hasSize(1);
        }
    }

    @Test
    default void theHistoryKeepsWhatTheHostSaid() {
        try (StorageHarness harness = fresh()) {
            VersionRepository versions = harness.storage().versions();
            ComponentName never = new ComponentName("never-saved");
            versions.addChange(never, T0, finding("1.0"));
            versions.addChange(never, T0.minusSeconds(9), Finding.NOTHING);

            List<ComponentChange> changes =
                    versions.changes(never, PageRequest.first(9)).items();

            assertThat(changes)
                    .as("the newest line is the one that was noticed last, whatever its time")
                    .extracting(ComponentChange::finding)
                    .containsExactly(Finding.NOTHING, finding("1.0"));
            assertThat(changes)
                    .as("lines keep their time")
                    .extracting(ComponentChange::at)
                    .containsExactly(T0.minusSeconds(9), T0);
            assertThat(changes.get(0).number())
                    .as("numbers count up")
                    .isGreaterThan(changes.get(1).number());
        }
    }

    @Test
    default void historiesOfComponentsShareTheirNumbersButNotTheirLines() {
        try (StorageHarness harness = fresh()) {
            VersionRepository versions = harness.storage().versions();
            ComponentName nginx = new ComponentName("nginx");
            ComponentName openssl = new ComponentName("openssl");
            for (int i = 0; i < 5; i++) {
                versions.addChange(nginx, T0, finding("n" + i));
                versions.addChange(openssl, T0, finding("o" + i));
            }
            List<ComponentChange> expected = new ArrayList<>(
                    versions.changes(nginx, PageRequest.first(100)).items());

            assertThat(expected)
                    .as("the history of one component, newest first")
                    .extracting(each -> each.finding().installed().orElseThrow())
                    .containsExactly("n4", "n3", "n2", "n1", "n0");
            Paging.assertPages(expected, page -> versions.changes(nginx, page));
            List<ComponentChange> both = new ArrayList<>(expected);
            both.addAll(versions.changes(openssl, PageRequest.first(100)).items());
            assertThat(both)
                    .as("a number belongs to one line")
                    .extracting(ComponentChange::number)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    default void changesNoticedBetweenPagesDoNotRepeatOthers() {
        try (StorageHarness harness = fresh()) {
            VersionRepository versions = harness.storage().versions();
            ComponentName nginx = new ComponentName("nginx");
            for (int i = 0; i < 4; i++) {
                versions.addChange(nginx, T0, finding("n" + i));
            }
            Page<ComponentChange> first = versions.changes(nginx, PageRequest.first(2));
            versions.addChange(nginx, T0, finding("n4"));

            assertThat(versions.changes(nginx, Paging.next(first, 2).orElseThrow())
                            .items())
                    .as("changes between pages neither repeat nor lose others")
                    .extracting(each -> each.finding().installed().orElseThrow())
                    .containsExactly("n1", "n0");
        }
    }

    @Test
    default void aCursorOfAnotherListOfChangesIsRefused() {
        try (StorageHarness harness = fresh()) {
            VersionRepository versions = harness.storage().versions();
            ComponentName nginx = new ComponentName("nginx");

            Refusal.cursor(() -> versions.changes(nginx, PageRequest.first(1).after(Cursor.of("nginx"))));
            Refusal.cursor(() -> versions.changes(nginx, PageRequest.first(1).after(Cursor.of("17", "18"))));
        }
    }

    @Test
    default void twoWhoChangeDifferentPartsOfAComponentBothSucceed() {
        try (StorageHarness harness = fresh()) {
            VersionRepository versions = harness.storage().versions();
            for (int round = 0; round < 5; round++) {
                Component before = Component.unchecked(new ComponentName("component" + round));
                versions.save(before);

                Component after = changeTwoPartsAtOnce(harness, before);

                assertThat(after.policy())
                        .as("who asks in a transaction changes alone")
                        .isEqualTo(UpdatePolicy.HOLD);
                assertThat(after.pin())
                        .as("who asks in a transaction changes alone")
                        .isPresent();
            }
        }
    }

    @Test
    default void twoWhoAddDifferentPartsOfOneNewComponentBothSucceed() {
        try (StorageHarness harness = fresh()) {
            for (int round = 0; round < 5; round++) {
                Component absent = Component.unchecked(new ComponentName("component" + round));

                Component after = changeTwoPartsAtOnce(harness, absent);

                assertThat(after.policy())
                        .as("who asks for what is absent waits too")
                        .isEqualTo(UpdatePolicy.HOLD);
                assertThat(after.pin())
                        .as("who asks for what is absent waits too")
                        .isPresent();
            }
        }
    }

    private static Component changeTwoPartsAtOnce(StorageHarness harness, Component component) {
        Pin pin = new Pin("1.0", "", Optional.empty());
        List<Callable<Boolean>> changes = List.of(
                () -> harness.storage().write(tx -> save(tx, read(tx, component).withPolicy(UpdatePolicy.HOLD))),
                () -> harness.storage().write(tx -> save(tx, read(tx, component).withPin(Optional.of(pin)))));
        Race.answers(Race.between(changes));
        return harness.storage().versions().component(component.name()).orElseThrow();
    }

    private static Component read(PanelTransaction tx, Component otherwise) {
        return tx.versions().component(otherwise.name()).orElse(otherwise);
    }

    private static boolean save(PanelTransaction tx, Component component) {
        tx.versions().save(component);
        return true;
    }
}
