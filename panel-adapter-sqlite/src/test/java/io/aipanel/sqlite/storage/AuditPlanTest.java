package io.aipanel.sqlite.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.EventGrouping;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.sqlite.audit.SqliteAuditRepository;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How SQLite goes about what is asked of the audit log: each question has its index, and nothing is sorted. */
final class AuditPlanTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path directory;

    private RecordedStore store;
    private SqliteAuditRepository audit;

    @BeforeEach
    void open() throws SQLException {
        store = RecordedStore.of(directory, StoreName.AUDIT);
        audit = new SqliteAuditRepository(store);
        audit.append(List.of(event("site.add"), event("site.remove"), event("user.add")));
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
    }

    static Stream<Arguments> questions() {
        AuditFilter all = AuditFilter.NEWEST;
        return Stream.of(
                Arguments.of(all, "events_by_time"),
                Arguments.of(all.from(AT), "events_by_time (at>?)"),
                Arguments.of(all.from(AT).to(AT.plusSeconds(1)), "events_by_time (at>? AND at<?)"),
                Arguments.of(all.actor("anna"), "events_by_actor (actor=?)"),
                Arguments.of(all.actor("anna").from(AT), "events_by_actor (actor=? AND at>?)"),
                Arguments.of(all.action("site.add"), "events_by_action (action=?)"),
                Arguments.of(all.target("site:1"), "events_by_target (target=?)"),
                Arguments.of(all.target(""), "events_by_time"),
                Arguments.of(all.outcome(AuditOutcome.REFUSED), "events_by_failure (outcome=?)"),
                Arguments.of(all.outcome(AuditOutcome.SUCCESS), "events_by_time"),
                Arguments.of(all.address("192.0.2.7"), "events_by_address (address=?)"),
                Arguments.of(all.requestId("request-1"), "events_by_request (request_id=?)"),
                Arguments.of(
                        all.actor("anna").action("site.").target("site:1").from(AT),
                        "events_by_target (target=? AND at>?)"),
                Arguments.of(all.actor("anna").action("site."), "events_by_actor (actor=?)"),
                Arguments.of(all.actor("anna").text("needle"), "events_by_actor (actor=?)"));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void everyQuestionIsAnsweredAlongItsIndex(AuditFilter filter, String index) {
        store.statements().clear();
        for (AuditFilter either : List.of(filter, filter.reversed())) {
            PageRequest first = PageRequest.first(1);
            Optional<Cursor> next = audit.events(either, first).next();
            next.ifPresent(cursor -> audit.events(either, first.after(cursor)));
        }

        assertThat(store.statements())
                .isNotEmpty()
                .allSatisfy(sql -> assertThat(store.plan(sql))
                        .hasSize(1)
                        .allMatch(step -> step.contains("USING INDEX " + index)
                                || step.contains("USING INDEX " + within(index))));
    }

    @Test
    void aBeginningOfActionsIsLookedForActionByAction() {
        store.statements().clear();
        PageRequest first = PageRequest.first(1);
        AuditFilter filter = AuditFilter.NEWEST.action("site.");
        audit.events(filter, first.after(audit.events(filter, first).next().orElseThrow()));

        assertThat(store.statements()).hasSize(3);
        for (String sql : store.statements()) {
            assertThat(store.plan(sql))
                    .as("the plan of %s", sql)
                    .noneMatch(step -> step.matches("SCAN events\\b.*"))
                    .noneMatch(step -> step.contains("events_by_time"))
                    .anyMatch(step -> step.contains("events_by_action"));
        }
    }

    @Test
    void whatIsCountedByTimeOrNameIsReadFromAnIndexAlone() {
        Map.of(
                        EventGrouping.ACTION, "events_by_action",
                        EventGrouping.ACTOR, "events_by_actor",
                        EventGrouping.DAY, "events_by_time",
                        EventGrouping.HOUR, "events_by_time")
                .forEach((by, index) -> {
                    store.statements().clear();
                    audit.counts(AuditFilter.OLDEST, by);
                    assertThat(store.statements())
                            .hasSize(1)
                            .allSatisfy(sql -> assertThat(store.plan(sql))
                                    .anyMatch(step -> step.contains("USING COVERING INDEX " + index)));
                });
        store.statements().clear();

        audit.counts(AuditFilter.OLDEST.from(AT), EventGrouping.DAY);

        assertThat(store.statements())
                .hasSize(1)
                .allSatisfy(sql -> assertThat(store.plan(sql))
                        .anyMatch(step -> step.contains("SEARCH events USING COVERING INDEX events_by_time (at>?)")));
    }

    @Test
    void anAppendReadsNothingThatGrows() {
        assertThat(store.statements())
                .isNotEmpty()
                .allSatisfy(sql -> assertThat(store.plan(sql))
                        .as("the plan of %s", sql)
                        .noneMatch(step -> step.matches("SCAN (events|nodes)\\b.*")));
    }

    @Test
    void aProofReadsNoMoreThanItsBlocks() {
        AuditEvent last =
                audit.append(Collections.nCopies(1_000, event("site.add"))).get(999);
        store.statements().clear();
        audit.inclusion(5, last.index());
        audit.consistency(700, last.index());

        assertThat(store.statements())
                .isNotEmpty()
                .allSatisfy(sql -> assertThat(store.plan(sql))
                        .as("the plan of %s", sql)
                        .noneMatch(step -> step.matches("SCAN (events|nodes)\\b.*")));
    }

    /** With a cursor, the time is bounded, too. */
    private static String within(String index) {
        return index.replaceFirst("(\\(.*)\\)$", "$1 AND at");
    }

    private static NewAuditEvent event(String action) {
        return new NewAuditEvent(
                AT,
                "anna",
                action,
                "site:1",
                AuditOutcome.REFUSED,
                Optional.of("192.0.2.7"),
                Optional.of("request-1"),
                new JsonText("{}"));
    }
}
