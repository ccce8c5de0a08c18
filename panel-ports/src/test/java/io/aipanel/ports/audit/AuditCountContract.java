package io.aipanel.ports.audit;

import static io.aipanel.ports.audit.AuditSamples.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.EventCount;
import io.aipanel.domain.audit.EventGrouping;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How events are counted. */
public interface AuditCountContract extends StoreContract {

    @Test
    default void eventsAreCountedByWhatTheyHaveInCommon() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            append(audit);

            assertThat(audit.counts(AuditFilter.OLDEST, EventGrouping.ACTION))
                    .as("by action, the most frequent first, then by name")
                    .containsExactly(
                            new EventCount("site.add", 3),
                            new EventCount("user.add", 1),
                            new EventCount("user.lock", 1));
            assertThat(audit.counts(AuditFilter.NEWEST, EventGrouping.ACTOR))
                    .as("by actor, in whichever order the filter is")
                    .containsExactly(new EventCount("anna", 4), new EventCount("bert", 1));
            assertThat(audit.counts(AuditFilter.OLDEST, EventGrouping.OUTCOME))
                    .as("by outcome")
                    .containsExactly(new EventCount("success", 4), new EventCount("refused", 1));
        }
    }

    @Test
    default void eventsAreCountedByTime() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            append(audit);

            assertThat(audit.counts(AuditFilter.NEWEST, EventGrouping.HOUR))
                    .as("by hour, the earliest first")
                    .containsExactly(
                            new EventCount("1969-12-31T23:00:00Z", 1),
                            new EventCount("2026-03-29T00:00:00Z", 2),
                            new EventCount("2026-03-29T23:00:00Z", 1),
                            new EventCount("2026-03-30T00:00:00Z", 1));
            assertThat(audit.counts(AuditFilter.OLDEST, EventGrouping.DAY))
                    .as("by day, UTC")
                    .containsExactly(
                            new EventCount("1969-12-31T00:00:00Z", 1),
                            new EventCount("2026-03-29T00:00:00Z", 3),
                            new EventCount("2026-03-30T00:00:00Z", 1));
        }
    }

    @Test
    default void onlyWhatIsWantedIsCounted() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            append(audit);

            assertThat(audit.counts(
                            AuditFilter.OLDEST.actor("anna").from(Instant.parse("2026-03-29T00:30:00Z")),
                            EventGrouping.ACTION))
                    .as("the filter restricts what is counted")
                    .containsExactly(new EventCount("site.add", 2), new EventCount("user.add", 1));
            assertThat(audit.counts(AuditFilter.OLDEST.action("user."), EventGrouping.ACTION))
                    .as("a prefix, too")
                    .containsExactly(new EventCount("user.add", 1), new EventCount("user.lock", 1));
            assertThat(audit.counts(AuditFilter.OLDEST.actor("nobody"), EventGrouping.DAY))
                    .as("nothing is counted")
                    .isEmpty();
        }
    }

    @Test
    default void groupsHaveABound() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            int most = AuditRepository.MAX_GROUPS;
            audit.append(IntStream.range(0, most + 5)
                    .mapToObj(i -> event(AuditSamples.T0, "actor " + i, "x", ""))
                    .toList());
            audit.append(List.of(event(AuditSamples.T0, "zz", "x", ""), event(AuditSamples.T0, "zz", "x", "")));

            assertThat(audit.counts(AuditFilter.OLDEST, EventGrouping.ACTOR))
                    .as("no more groups than that, the most frequent first")
                    .hasSize(most)
                    .startsWith(new EventCount("zz", 2));
        }
    }

    @Test
    default void aTextIsNotCounted() {
        try (StorageHarness harness = fresh()) {
            AuditFilter filter = AuditFilter.OLDEST.actor("anna").text("x");
            Refusal.of(
                    IllegalArgumentException.class,
                    "no index counts texts",
                    () -> harness.storage().audit().counts(filter, EventGrouping.DAY));
        }
    }

    private static void append(AuditRepository audit) {
        audit.append(List.of(
                event(Instant.parse("1969-12-31T23:59:59.999999Z"), "anna", "site.add", "1"),
                event(Instant.parse("2026-03-29T00:59:59.999999Z"), "anna", "site.add", "2"),
                event(Instant.parse("2026-03-29T00:00:00Z"), "bert", "user.lock", "3", AuditOutcome.REFUSED),
                event(Instant.parse("2026-03-29T23:00:00Z"), "anna", "site.add", "4"),
                event(Instant.parse("2026-03-30T00:00:00Z"), "anna", "user.add", "5")));
    }
}
