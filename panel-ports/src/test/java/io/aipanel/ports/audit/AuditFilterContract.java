package io.aipanel.ports.audit;

import static io.aipanel.ports.audit.AuditSamples.T0;
import static io.aipanel.ports.audit.AuditSamples.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.ports.storage.Paging;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which events a filter finds. */
public interface AuditFilterContract extends StoreContract {

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
}
