package io.aipanel.ports.audit;

import static io.aipanel.ports.audit.AuditSamples.T0;
import static io.aipanel.ports.audit.AuditSamples.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.ports.storage.Paging;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How events are found by where they came from, by what they belong to, and by what their details say. */
public interface AuditSearchContract extends StoreContract {

    @Test
    default void addressesAndRequestsAreComparedToTheLetter() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            audit.append(List.of(
                    from("192.0.2.7", "r1", "a"),
                    from("192.0.2.70", "r1", "b"),
                    from("192.0.2.7", "R1", "c"),
                    from(null, null, "d")));

            assertThat(Wanted.ALL.address("192.0.2.7").targetsIn(audit))
                    .as("an address is compared to the letter")
                    .containsExactly("a", "c");
            assertThat(Wanted.ALL.requestId("r1").targetsIn(audit))
                    .as("a request is compared to the letter")
                    .containsExactly("a", "b");
            assertThat(Wanted.ALL.requestId("r1").address("192.0.2.7").targetsIn(audit))
                    .as("both together")
                    .containsExactly("a");
            assertThat(Wanted.ALL.address("").targetsIn(audit))
                    .as("no address is not an empty one")
                    .isEmpty();
        }
    }

    @Test
    default void anActionPrefixIsInOrderAcrossActions() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            // More actions than one would ask for one by one.
            List<NewAuditEvent> events = IntStream.range(0, 300)
                    .mapToObj(i -> event(T0.plusSeconds(i % 7), "a", "site.x" + (i * 37 % 100), "t" + i))
                    .toList();
            audit.append(events);
            audit.append(List.of(event(T0, "a", "user.x", "other")));

            assertThat(Paging.all(13, page -> audit.events(AuditFilter.OLDEST.action("site."), page)))
                    .as("events of many actions come by time, then index")
                    .hasSize(300)
                    .isSortedAccordingTo(Comparator.comparing(
                                    (AuditEvent found) -> found.event().at())
                            .thenComparing(AuditEvent::index));
            assertThat(Wanted.ALL
                            .action("site.")
                            .from(T0.plusSeconds(2))
                            .to(T0.plusSeconds(3))
                            .targetsIn(audit))
                    .as("within a time")
                    .hasSize(43);
        }
    }

    @Test
    default void aTextOfTheDetailsIsFoundToTheLetter() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            audit.append(List.of(
                    details("a", "{\"name\": \"needle\"}"),
                    details("b", "{\"name\": \"Needle\"}"),
                    details("c", "{\"name\": \"n%dle n_dle\"}"),
                    details("d", "{\"needle\": 1, \"\u00fc\": \"\uD83D\uDE00\"}")));

            assertThat(Wanted.ALL.actor("user:anna").text("needle").targetsIn(audit))
                    .as("a text is compared to the letter")
                    .containsExactly("a", "d");
            assertThat(Wanted.ALL.actor("user:anna").text("%").targetsIn(audit))
                    .as("a text knows no wildcards")
                    .containsExactly("c");
            assertThat(Wanted.ALL.from(T0).text("\uD83D\uDE00").targetsIn(audit))
                    .as("a text may be any")
                    .containsExactly("d");
            assertThat(Wanted.ALL.actor("somebody else").text("needle").targetsIn(audit))
                    .as("the other parts restrict too")
                    .isEmpty();
        }
    }

    @Test
    default void aTextIsLookedForInPieces() {
        try (StorageHarness harness = fresh()) {
            AuditRepository audit = harness.storage().audit();
            int pieces = AuditRepository.MAX_LOOKED_THROUGH;
            audit.append(List.of(details("first", "{\"needle\": 1}")));
            audit.append(Collections.nCopies(pieces, details("hay", "{}")));
            audit.append(List.of(details("last", "{\"needle\": 2}")));
            AuditFilter filter = AuditFilter.OLDEST.actor("user:anna").text("needle");

            Page<AuditEvent> page = audit.events(filter, PageRequest.first(50));
            assertThat(page.items()).as("what was found so far").hasSize(1);
            assertThat(page.next()).as("there is more to be looked through").isPresent();
            for (AuditFilter either : List.of(filter, filter.reversed())) {
                assertThat(AuditSamples.targets(pieceByPiece(audit, either)))
                        .as("piece by piece everything is found")
                        .containsExactlyInAnyOrder("first", "last");
            }
            Page<AuditEvent> end = audit.events(
                    AuditFilter.OLDEST.actor("user:anna").text("nowhere"),
                    PageRequest.first(50)
                            .after(audit.events(filter, PageRequest.first(50))
                                    .next()
                                    .orElseThrow()));
            assertThat(end.items()).as("nothing is found").isEmpty();
            assertThat(end.next()).as("and the log ends").isEmpty();
        }
    }

    private static List<AuditEvent> pieceByPiece(AuditRepository audit, AuditFilter filter) {
        List<AuditEvent> found = new ArrayList<>();
        Page<AuditEvent> page = audit.events(filter, PageRequest.first(2));
        found.addAll(page.items());
        while (page.next().isPresent()) {
            page = audit.events(filter, PageRequest.first(2).after(page.next().get()));
            found.addAll(page.items());
        }
        return found;
    }

    private static NewAuditEvent from(@Nullable String address, @Nullable String request, String target) {
        return new NewAuditEvent(
                T0,
                "a",
                "x",
                target,
                AuditOutcome.SUCCESS,
                Optional.ofNullable(address),
                Optional.ofNullable(request),
                JsonText.EMPTY_OBJECT);
    }

    private static NewAuditEvent details(String target, String details) {
        return new NewAuditEvent(
                T0,
                "user:anna",
                "site.change",
                target,
                AuditOutcome.SUCCESS,
                Optional.empty(),
                Optional.empty(),
                new JsonText(details));
    }
}
