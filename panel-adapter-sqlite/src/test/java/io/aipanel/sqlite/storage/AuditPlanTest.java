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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How SQLite goes about what is asked of the audit log: each question has its index, and nothing is sorted. */
final class AuditPlanTest {

    /** So many that all that came before them have entries, too. */
    private static final int HAVING_ENTRIES = 9_000;

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
                Arguments.of(all.target(""), "events_by_time"),
                Arguments.of(all.outcome(AuditOutcome.REFUSED), "events_by_failure (outcome=?)"),
                Arguments.of(all.outcome(AuditOutcome.SUCCESS), "events_by_time"),
                Arguments.of(all.requestId("request-1"), "events_by_request (request_id=?)"),
                Arguments.of(all.requestId("request-1").target("site:1"), "events_by_request (request_id=?)"),
                Arguments.of(
                        all.outcome(AuditOutcome.REFUSED).actor("anna").text("needle"),
                        "events_by_failure (outcome=?)"));
    }

    static Stream<Arguments> questionsAlongEntries() {
        AuditFilter all = AuditFilter.NEWEST;
        return Stream.of(
                Arguments.of(all.actor("anna"), "entries_by_actor USING PRIMARY KEY (actor=?)"),
                Arguments.of(all.actor("anna").from(AT), "entries_by_actor USING PRIMARY KEY (actor=? AND at>?)"),
                Arguments.of(all.action("site.add"), "entries_by_action USING PRIMARY KEY (action=?)"),
                Arguments.of(all.target("site:1"), "entries_by_target USING PRIMARY KEY (target=?)"),
                Arguments.of(all.address("192.0.2.7"), "entries_by_address USING PRIMARY KEY (address=?)"),
                Arguments.of(
                        all.actor("anna").action("site.").target("site:1").from(AT),
                        "entries_by_target USING PRIMARY KEY (target=? AND at>?)"),
                Arguments.of(all.actor("anna").action("site."), "entries_by_actor USING PRIMARY KEY (actor=?)"),
                Arguments.of(all.actor("anna").text("needle"), "entries_by_actor USING PRIMARY KEY (actor=?)"));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void everyQuestionIsAnsweredAlongItsIndex(AuditFilter filter, String index) {
        askBothWays(filter);

        assertThat(store.statements())
                .isNotEmpty()
                .allSatisfy(sql -> assertThat(store.plan(sql))
                        .hasSize(1)
                        .allMatch(step -> step.contains("USING INDEX " + index)
                                || step.contains("USING INDEX " + within(index))));
    }

    /** Events with entries come in order; those that have none yet are gone through and sorted, and both are merged. */
    @ParameterizedTest
    @MethodSource("questionsAlongEntries")
    void everyQuestionIsAnsweredAlongItsEntriesAndThroughTheEventsWithoutOnes(AuditFilter filter, String entries) {
        askBothWays(filter);

        assertThat(store.statements())
                .isNotEmpty()
                .allSatisfy(sql -> assertThat(store.plan(sql))
                        .hasSize(11)
                        .matches(plan -> plan.get(2).equals("SEARCH " + entries)
                                || plan.get(2).startsWith("SEARCH " + within(entries)))
                        .contains("MERGE (UNION ALL)", "SEARCH entered USING PRIMARY KEY (name=?)")
                        .containsSubsequence(
                                "LEFT",
                                "SEARCH events USING INTEGER PRIMARY KEY (rowid=?)",
                                "RIGHT",
                                "SEARCH events USING INTEGER PRIMARY KEY (rowid>?)",
                                "USE TEMP B-TREE FOR ORDER BY"));
    }

    @Test
    void aBeginningOfActionsIsLookedForActionByAction() {
        audit.append(Collections.nCopies(HAVING_ENTRIES, event("site.add")));
        store.forget();
        PageRequest first = PageRequest.first(1);
        AuditFilter filter = AuditFilter.NEWEST.action("site.");
        audit.events(filter, first.after(audit.events(filter, first).next().orElseThrow()));

        assertThat(store.statements()).hasSize(3);
        for (String sql : store.statements()) {
            assertThat(store.plan(sql))
                    .as("the plan of %s", sql)
                    .noneMatch(step -> step.matches("SCAN events\\b.*"))
                    .noneMatch(step -> step.contains("events_by_time"))
                    .anyMatch(step -> step.contains("SEARCH entries_by_action USING PRIMARY KEY (action"));
        }
    }

    @ParameterizedTest
    @CsvSource({"DAY", "HOUR"})
    void whatIsCountedByTimeIsReadFromAnIndexAlone(EventGrouping by) {
        store.statements().clear();
        audit.counts(AuditFilter.OLDEST, by);
        assertThat(store.statements())
                .hasSize(1)
                .allSatisfy(sql -> assertThat(store.plan(sql))
                        .anyMatch(step -> step.contains("SCAN events USING COVERING INDEX events_by_time")));
        store.statements().clear();

        audit.counts(AuditFilter.OLDEST.from(AT), by);

        assertThat(store.statements())
                .hasSize(1)
                .allSatisfy(sql -> assertThat(store.plan(sql))
                        .anyMatch(step -> step.contains("SEARCH events USING COVERING INDEX events_by_time (at>?)")));
    }

    @Test
    void whatIsCountedByNameOrTimeIsReadFromEntriesAlone() {
        Map.of(
                        EventGrouping.ACTION, "SCAN entries_by_action",
                        EventGrouping.ACTOR, "SCAN entries_by_actor")
                .forEach((by, entries) -> assertIsCounted(AuditFilter.OLDEST, by, entries));

        assertIsCounted(
                AuditFilter.OLDEST.target("site:1").from(AT),
                EventGrouping.DAY,
                "SEARCH entries_by_target USING PRIMARY KEY (target=? AND at>?)");
    }

    private void assertIsCounted(AuditFilter filter, EventGrouping by, String entries) {
        store.statements().clear();

        audit.counts(filter, by);

        assertThat(store.statements())
                .hasSize(1)
                .allSatisfy(sql -> assertThat(store.plan(sql))
                        .contains(entries, "SEARCH events USING INTEGER PRIMARY KEY (rowid>?)")
                        .filteredOn(step -> step.matches("(SEARCH|SCAN) events\\b.*"))
                        .hasSize(1));
    }

    @Test
    void anAppendReadsNothingThatGrows() {
        assertThat(store.statements())
                .isNotEmpty()
                .allSatisfy(sql -> assertThat(store.plan(sql))
                        .as("the plan of %s", sql)
                        .noneMatch(step -> step.matches("SCAN (events|nodes|entries).*")));
    }

    @Test
    void whatIsCutOffIsRemovedWithItsEntriesAndNothingElseIsRead() {
        audit.append(Collections.nCopies(600, event("site.add")));
        audit.cut(500, event("audit.cut"));
        store.forget();

        assertThat(audit.removeCutOff(100)).isEqualTo(100);

        assertThat(store.statements())
                .hasSize(6)
                .allSatisfy(sql -> assertThat(store.plan(sql))
                        .as("the plan of %s", sql)
                        .noneMatch(step -> step.matches("SCAN (events|entries).*")))
                .filteredOn(sql -> sql.contains("entries_by"))
                .hasSize(4)
                .allSatisfy(sql -> assertThat(store.plan(sql))
                        .anyMatch(step -> step.matches("SEARCH entries_by_.* \\(.*=\\? AND at=\\? AND index=\\?\\)")));
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

    /** The first page and the next one, the newest first and the oldest first. */
    private void askBothWays(AuditFilter filter) {
        store.statements().clear();
        for (AuditFilter either : List.of(filter, filter.reversed())) {
            PageRequest first = PageRequest.first(1);
            Optional<Cursor> next = audit.events(either, first).next();
            next.ifPresent(cursor -> audit.events(either, first.after(cursor)));
        }
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
