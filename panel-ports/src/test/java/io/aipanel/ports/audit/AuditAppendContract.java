package io.aipanel.ports.audit;

import static io.aipanel.ports.audit.AuditSamples.T0;
import static io.aipanel.ports.audit.AuditSamples.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.ports.storage.HostileTexts;
import io.aipanel.ports.storage.Paging;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How events come into the audit log. */
public interface AuditAppendContract extends StoreContract {

    @Test
    default void theFirstEventHasTheIndexZero() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();

            assertThat(audit.size()).as("a fresh log is empty").isZero();
            assertThat(audit.append(List.of(event("a"), event("b"))))
                    .as("indexes start at 0, without gaps, in the given order")
                    .containsExactly(new AuditEvent(0, event("a")), new AuditEvent(1, event("b")));
            assertThat(audit.append(List.of(event("c"))))
                    .as("indexes go on")
                    .containsExactly(new AuditEvent(2, event("c")));
            assertThat(audit.size()).as("the size is the next index").isEqualTo(3);
        }
    }

    @Test
    default void everyPartOfAnEventIsKept() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            NewAuditEvent full = new NewAuditEvent(
                    T0.minusNanos(1000),
                    "user:anna@example.com",
                    "site.create_and-more",
                    "site:1",
                    AuditOutcome.REFUSED,
                    Optional.of("2001:db8::1"),
                    Optional.of("!request~"),
                    new JsonText("{ \"b\":1,\"a\" : 1.0, \"a\":null }\n"));
            NewAuditEvent bare = new NewAuditEvent(
                    T0, "x", "a", "", AuditOutcome.FAILURE, Optional.empty(), Optional.empty(), JsonText.EMPTY_OBJECT);

            audit.append(List.of(full, bare));

            assertThat(audit.event(0))
                    .as("every part is kept, JSON to the letter")
                    .contains(new AuditEvent(0, full));
            assertThat(audit.event(1)).as("what is empty stays empty").contains(new AuditEvent(1, bare));
        }
    }

    @Test
    default void anIndexThatTheLogDoesNotHaveIsAbsent() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            audit.append(List.of(event("a")));

            assertThat(audit.event(1)).as("the log is shorter").isEmpty();
            assertThat(audit.event(Long.MAX_VALUE)).as("the log is shorter").isEmpty();
            assertThat(audit.event(-1)).as("indexes start at 0").isEmpty();
        }
    }

    @Test
    default void appendingNothingChangesNothing() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();

            assertThat(audit.append(List.of())).as("nothing was appended").isEmpty();
            assertThat(audit.size()).as("nothing was appended").isZero();
        }
    }

    @Test
    default void tenThousandEventsAreOneAppend() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            List<NewAuditEvent> events =
                    IntStream.range(0, 10_000).mapToObj(i -> event("t" + i)).toList();

            List<AuditEvent> appended = audit.append(events);

            assertThat(appended)
                    .as("an append keeps the given order")
                    .extracting(AuditEvent::event)
                    .containsExactlyElementsOf(events);
            assertThat(audit.size()).as("all were appended").isEqualTo(10_000);
            assertThat(audit.event(9_999)).as("the last one is there").contains(appended.get(9_999));
        }
    }

    @Test
    default void moreThanTenThousandEventsAreRefused() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();

            Refusal.of(
                    IllegalArgumentException.class,
                    "an append holds at most 10 000 events",
                    () -> audit.append(Collections.nCopies(10_001, event("a"))));
            assertThat(audit.size()).as("a refusal appends nothing").isZero();
        }
    }

    @Test
    default void textOfEventsComesBackToTheLetter() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            List<NewAuditEvent> events = HostileTexts.IN_ORDER.stream()
                    .map(text -> event(T0, text, "a.b", text))
                    .toList();

            audit.append(events);

            assertThat(Paging.all(7, page -> audit.events(AuditFilter.OLDEST, page)))
                    .as("text comes back to the letter")
                    .extracting(AuditEvent::event)
                    .containsExactlyElementsOf(events);
        }
    }

    @Test
    default void eventsOfOneAppendStandNextToEachOtherUnderARace() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();

            List<List<AuditEvent>> appended = Race.answers(Race.of(8, racer -> () -> {
                List<AuditEvent> mine = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    List<AuditEvent> three =
                            audit.append(List.of(event("r" + racer), event("r" + racer), event("r" + racer)));
                    assertThat(three.get(2).index() - three.get(0).index())
                            .as("events of one append stand next to each other")
                            .isEqualTo(2);
                    mine.addAll(three);
                }
                return mine;
            }));

            assertThat(appended.stream().flatMap(List::stream).map(AuditEvent::index))
                    .as("indexes have no gaps and no doubles under a race")
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.range(0, 120).boxed().toList());
            assertThat(audit.size()).as("all were appended").isEqualTo(120);
        }
    }
}
