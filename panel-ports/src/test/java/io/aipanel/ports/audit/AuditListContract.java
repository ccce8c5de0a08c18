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
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.ports.storage.Paging;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the audit log is ordered and paged. */
public interface AuditListContract extends StoreContract {

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
