package io.aipanel.ports.audit;

import static io.aipanel.ports.audit.AuditSamples.T0;
import static io.aipanel.ports.audit.AuditSamples.event;
import static io.aipanel.ports.audit.AuditSamples.targets;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.ports.storage.Paging;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How the audit log is ordered, filtered and paged. */
public interface AuditListContract extends StoreContract {

    /** The filter of one test, built up part by part. */
    record Wanted(AuditFilter filter) {

        static final Wanted ALL = new Wanted(AuditFilter.OLDEST);

        Wanted from(Instant from) {
            return with(
                    Optional.of(from), filter.to(), filter.actor(), filter.action(), filter.target(), filter.outcome());
        }

        Wanted to(Instant to) {
            return with(
                    filter.from(), Optional.of(to), filter.actor(), filter.action(), filter.target(), filter.outcome());
        }

        Wanted actor(String actor) {
            return with(
                    filter.from(), filter.to(), Optional.of(actor), filter.action(), filter.target(), filter.outcome());
        }

        Wanted action(String action) {
            return with(
                    filter.from(), filter.to(), filter.actor(), Optional.of(action), filter.target(), filter.outcome());
        }

        Wanted target(String target) {
            return with(
                    filter.from(), filter.to(), filter.actor(), filter.action(), Optional.of(target), filter.outcome());
        }

        Wanted outcome(AuditOutcome outcome) {
            return with(
                    filter.from(), filter.to(), filter.actor(), filter.action(), filter.target(), Optional.of(outcome));
        }

        private static Wanted with(
                Optional<Instant> from,
                Optional<Instant> to,
                Optional<String> actor,
                Optional<String> action,
                Optional<String> target,
                Optional<AuditOutcome> outcome) {
            return new Wanted(new AuditFilter(from, to, actor, action, target, outcome, false));
        }

        /** The targets of the events that are found; the other direction must give the same ones reversed. */
        List<String> targetsIn(AuditRepository audit) {
            AuditFilter reversed = new AuditFilter(
                    filter.from(),
                    filter.to(),
                    filter.actor(),
                    filter.action(),
                    filter.target(),
                    filter.outcome(),
                    true);
            List<String> oldestFirst = targets(Paging.all(2, page -> audit.events(filter, page)));
            List<String> newestFirst = new ArrayList<>(targets(Paging.all(2, page -> audit.events(reversed, page))));
            Collections.reverse(newestFirst);
            assertThat(newestFirst).as("both directions find the same").isEqualTo(oldestFirst);
            return oldestFirst;
        }
    }

    @Test
    default void eventsComeByTimeThenByIndex() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            List<AuditEvent> appended = audit.append(List.of(
                    event(T0.plusNanos(1000), "a", "x", "late"),
                    event(T0, "a", "x", "early, first"),
                    event(T0.plusSeconds(9), "a", "x", "last"),
                    event(T0, "a", "x", "early, second")));
            List<AuditEvent> expected =
                    new ArrayList<>(List.of(appended.get(1), appended.get(3), appended.get(0), appended.get(2)));

            Paging.assertPages(expected, page -> audit.events(AuditFilter.OLDEST, page));
            Collections.reverse(expected);
            Paging.assertPages(expected, page -> audit.events(AuditFilter.NEWEST, page));
        }
    }

    @Test
    default void theTimeFromIsInclusiveAndTheTimeToExclusive() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            audit.append(List.of(
                    event(T0.minusNanos(1000), "a", "x", "before"),
                    event(T0, "a", "x", "at"),
                    event(T0.plusNanos(1000), "a", "x", "after")));

            assertThat(Wanted.ALL.from(T0).targetsIn(audit))
                    .as("from is inclusive")
                    .containsExactly("at", "after");
            assertThat(Wanted.ALL.to(T0).targetsIn(audit)).as("to is exclusive").containsExactly("before");
            assertThat(Wanted.ALL.from(T0).to(T0.plusNanos(1000)).targetsIn(audit))
                    .as("from is inclusive and to exclusive")
                    .containsExactly("at");
            assertThat(Wanted.ALL.from(T0).to(T0).targetsIn(audit))
                    .as("an empty span")
                    .isEmpty();
        }
    }

    @Test
    default void nanosecondsOfTheFilterAreNotRoundedAway() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            audit.append(List.of(event(T0, "a", "x", "at"), event(T0.plusNanos(1000), "a", "x", "after")));

            for (int nanos : new int[] {1, 499, 500, 999}) {
                assertThat(Wanted.ALL.from(T0.plusNanos(nanos)).targetsIn(audit))
                        .as("an event before the nanosecond is not wanted")
                        .containsExactly("after");
                assertThat(Wanted.ALL.to(T0.plusNanos(nanos)).targetsIn(audit))
                        .as("an event before the nanosecond is wanted")
                        .containsExactly("at");
            }
        }
    }

    @Test
    default void actorsAreComparedToTheLetter() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            List<String> actors = List.of("anna", "Anna", "anna ", "an%", "ann_", "e\u0301", "\u00E9", "\uD83D\uDE00");
            audit.append(
                    actors.stream().map(actor -> event(T0, actor, "x", actor)).toList());

            for (String actor : actors) {
                assertThat(Wanted.ALL.actor(actor).targetsIn(audit))
                        .as("actors are compared to the letter")
                        .containsExactly(actor);
            }
            assertThat(Wanted.ALL.actor("").targetsIn(audit))
                    .as("nobody has no name")
                    .isEmpty();
        }
    }

    @Test
    default void targetsAreComparedToTheLetter() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            List<String> all = List.of("", "site:1", "SITE:1", "site:1 ", "site:_", "site:%", "\u202Esite");
            audit.append(all.stream().map(AuditSamples::event).toList());

            for (String target : all) {
                assertThat(Wanted.ALL.target(target).targetsIn(audit))
                        .as("targets are compared to the letter, the empty one too")
                        .containsExactly(target);
            }
        }
    }

    @Test
    default void anActionWithoutAFinalDotIsExact() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            appendActions(audit);

            assertThat(Wanted.ALL.action("site").targetsIn(audit))
                    .as("an action is exact")
                    .containsExactly("site");
            assertThat(Wanted.ALL.action("site.create").targetsIn(audit))
                    .as("an action is exact")
                    .containsExactly("site.create");
            assertThat(Wanted.ALL.action("sit").targetsIn(audit))
                    .as("a part is no action")
                    .isEmpty();
        }
    }

    @Test
    default void anActionWithAFinalDotIsAPrefix() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            appendActions(audit);

            assertThat(Wanted.ALL.action("site.").targetsIn(audit))
                    .as("a final dot makes a prefix")
                    .containsExactly("site.create", "site.create.alias", "site.delete");
            assertThat(Wanted.ALL.action("site.create.").targetsIn(audit))
                    .as("a final dot makes a prefix")
                    .containsExactly("site.create.alias");
            assertThat(Wanted.ALL.action("site.delete.").targetsIn(audit))
                    .as("nothing below it")
                    .isEmpty();
            assertThat(Wanted.ALL.action(".").targetsIn(audit))
                    .as("no action starts with a dot")
                    .isEmpty();
        }
    }

    @Test
    default void anActionPrefixKnowsNoWildcards() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            appendActions(audit);

            assertThat(Wanted.ALL.action("a_b.").targetsIn(audit))
                    .as("the underscore stands for itself")
                    .containsExactly("a_b.c");
            for (String prefix : List.of("%.", "_.", "sit%.", "s_te.", "*.", "\\.", "site%", "Site.", "\uFFFF.")) {
                assertThat(Wanted.ALL.action(prefix).targetsIn(audit))
                        .as("an action prefix knows no wildcards: %s", prefix)
                        .isEmpty();
            }
        }
    }

    private static void appendActions(AuditRepository audit) {
        audit.append(List.of(
                        "site",
                        "site.create",
                        "site.create.alias",
                        "site.delete",
                        "site-x.create",
                        "sites.create",
                        "a_b.c",
                        "axb.c",
                        "a-b.c")
                .stream()
                .map(action -> event(T0, "a", action, action))
                .toList());
    }

    @Test
    default void outcomesAreFiltered() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            for (AuditOutcome outcome : AuditOutcome.values()) {
                audit.append(List.of(event(T0, "a", "x", outcome.name(), outcome)));
            }

            for (AuditOutcome outcome : AuditOutcome.values()) {
                assertThat(Wanted.ALL.outcome(outcome).targetsIn(audit))
                        .as("outcomes are filtered")
                        .containsExactly(outcome.name());
            }
        }
    }

    @Test
    default void filtersRestrictTogether() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            // Every event differs from the wanted one in exactly one part.
            audit.append(List.of(
                    event(T0, "anna", "site.create", "site:1"),
                    event(T0.minusNanos(1000), "anna", "site.create", "site:1"),
                    event(T0.plusSeconds(1), "anna", "site.create", "site:1"),
                    event(T0, "bert", "site.create", "site:1"),
                    event(T0, "anna", "user.create", "site:1"),
                    event(T0, "anna", "site.create", "site:2"),
                    event(T0, "anna", "site.create", "site:1", AuditOutcome.FAILURE)));
            AuditFilter filter = Wanted.ALL
                    .from(T0)
                    .to(T0.plusSeconds(1))
                    .actor("anna")
                    .action("site.")
                    .target("site:1")
                    .outcome(AuditOutcome.SUCCESS)
                    .filter();

            assertThat(Paging.all(1, page -> audit.events(filter, page)))
                    .as("filters restrict together")
                    .extracting(AuditEvent::index)
                    .containsExactly(0L);
        }
    }

    @Test
    default void pairsOfFiltersRestrictTogether() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            for (String actor : List.of("anna", "bert")) {
                for (String action : List.of("site.create", "user.create")) {
                    for (int second = 0; second < 2; second++) {
                        audit.append(List.of(event(
                                T0.plusSeconds(second),
                                actor,
                                action,
                                actor + " " + action + " " + second,
                                second == 0 ? AuditOutcome.SUCCESS : AuditOutcome.REFUSED)));
                    }
                }
            }

            assertThat(Wanted.ALL.actor("anna").action("site.").targetsIn(audit))
                    .as("actor and action together")
                    .containsExactly("anna site.create 0", "anna site.create 1");
            assertThat(Wanted.ALL.actor("bert").outcome(AuditOutcome.REFUSED).targetsIn(audit))
                    .as("actor and outcome together")
                    .containsExactly("bert site.create 1", "bert user.create 1");
            assertThat(Wanted.ALL.action("user.create").from(T0.plusSeconds(1)).targetsIn(audit))
                    .as("action and time together")
                    .containsExactly("anna user.create 1", "bert user.create 1");
            assertThat(Wanted.ALL.target("anna user.create 0").actor("bert").targetsIn(audit))
                    .as("target and actor together")
                    .isEmpty();
        }
    }

    @Test
    default void pagesOfAFilteredLogGiveEachEventOnce() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            List<NewAuditEvent> events = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                events.add(event(T0.plusSeconds(i / 4), i % 2 == 0 ? "anna" : "bert", "x", "t" + i));
            }
            List<AuditEvent> ofAnna = audit.append(events).stream()
                    .filter(each -> each.event().actor().equals("anna"))
                    .toList();

            Paging.assertPages(
                    ofAnna, page -> audit.events(Wanted.ALL.actor("anna").filter(), page));
        }
    }

    @Test
    default void eventsAppendedBetweenPagesNeitherRepeatNorHideOthers() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            audit.append(List.of(
                    event(T0, "a", "x", "1"),
                    event(T0, "a", "x", "2"),
                    event(T0, "a", "x", "3"),
                    event(T0, "a", "x", "4")));
            Page<AuditEvent> newest = audit.events(AuditFilter.NEWEST, PageRequest.first(2));
            Page<AuditEvent> oldest = audit.events(AuditFilter.OLDEST, PageRequest.first(2));

            audit.append(List.of(event(T0, "a", "x", "5"), event(T0.minusSeconds(1), "a", "x", "0")));

            assertThat(targets(audit.events(
                                    AuditFilter.NEWEST, Paging.next(newest, 2).orElseThrow())
                            .items()))
                    .as("what was appended between pages does not repeat others")
                    .containsExactly("2", "1");
            assertThat(targets(audit.events(
                                    AuditFilter.OLDEST, Paging.next(oldest, 2).orElseThrow())
                            .items()))
                    .as("what was appended between pages does not hide others")
                    .containsExactly("3", "4");
        }
    }

    @Test
    default void aCursorOfAnotherListOfEventsIsRefused() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            PageRequest page = PageRequest.first(1);

            for (Cursor cursor : List.of(
                    Cursor.of("17"),
                    Cursor.of("a@example.com"),
                    Cursor.of("17", "0190163d-8694-739b-aea5-966c26f8ad91"),
                    Cursor.of("17", "18", "19"),
                    Cursor.of("9223372036854775807", "0"),
                    Cursor.of("-9223372036854775808", "0"))) {
                Refusal.cursor(() -> audit.events(AuditFilter.OLDEST, page.after(cursor)));
                Refusal.cursor(() -> audit.events(AuditFilter.NEWEST, page.after(cursor)));
            }
        }
    }
}
