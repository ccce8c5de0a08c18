package io.aipanel.postgres.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.EventGrouping;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.postgres.storage.Rows;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How the server goes about what is asked of the audit log, among many events: each question is answered along its index,
 * which has the answer in order, and no more is read than is wanted.
 */
final class EventPlanTest {

    private static final int EVENTS = FilledLog.EVENTS;
    private static final Instant MIDDLE = FilledLog.MIDDLE;
    private static final int PAGE = 50;

    private static FilledLog log;

    @BeforeAll
    static void fill() throws SQLException {
        log = FilledLog.inPartitions(1);
    }

    @AfterAll
    static void close() {
        log.close();
    }

    static Stream<Arguments> questions() {
        AuditFilter all = AuditFilter.NEWEST;
        int page = PAGE + 1;
        return Stream.of(
                Arguments.of(all, "at_index_idx", page),
                Arguments.of(all.from(MIDDLE), "at_index_idx", page),
                Arguments.of(all.to(MIDDLE), "at_index_idx", page),
                Arguments.of(all.from(MIDDLE).to(MIDDLE.plusSeconds(3_600)), "at_index_idx", 60),
                Arguments.of(all.actor("user:7"), "actor_at_index_idx", page),
                Arguments.of(all.actor("user:7").from(MIDDLE), "actor_at_index_idx", page),
                // One of many, but not of late: along the time it would be looked for to the other end of the log.
                Arguments.of(all.actor("user:gone"), "actor_at_index_idx", page),
                Arguments.of(all.action("area3.do-13"), "action_at_index_idx", page),
                Arguments.of(all.target("site:77"), "target_at_index_idx", page),
                Arguments.of(all.outcome(AuditOutcome.REFUSED), "outcome_at_index_idx", page),
                Arguments.of(all.outcome(AuditOutcome.FAILURE), "outcome_at_index_idx", 0),
                Arguments.of(all.address("192.0.2.7"), "address_at_index_idx", page),
                Arguments.of(all.requestId("request-020000"), "request_id_at_index_idx", 1),
                // What most events have in common is looked for by time: one in four, and nearly all.
                Arguments.of(all.target(""), "at_index_idx", 4 * page),
                Arguments.of(all.outcome(AuditOutcome.SUCCESS), "at_index_idx", page + 2),
                Arguments.of(all.target("site:77").outcome(AuditOutcome.SUCCESS), "target_at_index_idx", page));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void everyQuestionIsAnsweredAlongItsIndex(AuditFilter filter, String index, long most) {
        for (AuditFilter either : List.of(filter, filter.reversed())) {
            for (PageRequest page : pages()) {
                Plan plan = log.explain(handle -> new EventSearch(either, page).query(handle));

                plan.reads(Set.of(index), most);
                assertThat(plan.text()).as("the index has the order").doesNotContain("Sort", "Bitmap");
            }
        }
    }

    @Test
    void aBeginningOfActionsIsLookedForActionByAction() {
        AuditFilter filter = AuditFilter.NEWEST.action("area3.");
        for (AuditFilter either : List.of(filter, filter.reversed())) {
            for (PageRequest page : pages()) {
                Plan plan = log.explain(handle -> new EventSearch(either, page).query(handle));

                // Six actions begin so: each is found, and of each as many events are read as are wanted of all.
                plan.reads(Set.of("action_at_index_idx"), 7 + 6 * (PAGE + 1));
            }
        }
    }

    @Test
    void aBeginningOfActionsWithinSomethingNarrowerIsLookedForThere() {
        log.explain(handle -> new EventSearch(
                                AuditFilter.NEWEST.action("area2.").target("site:77"), PageRequest.first(PAGE))
                        .query(handle))
                .reads(Set.of("target_at_index_idx"), EVENTS / 200);
    }

    @Test
    void aTextIsLookedForWithinWhatTheIndexFinds() {
        AuditFilter filter = AuditFilter.NEWEST.actor("user:7").text("\"n\": 20007}");
        for (AuditFilter either : List.of(filter, filter.reversed())) {
            Plan plan =
                    log.explain(handle -> new EventSearch(either, PageRequest.first(PAGE)).lookThroughQuery(handle));

            // The one event with the text is read once more.
            plan.reads(Set.of("actor_at_index_idx", "pkey"), EVENTS / 20 + 1);
        }
    }

    @Test
    void aTextIsLookedForInNoMoreThanSoManyEvents() {
        log.explain(handle -> new EventSearch(
                                AuditFilter.OLDEST
                                        .from(FilledLog.BEGIN.plusSeconds(60))
                                        .text("nowhere"),
                                PageRequest.first(PAGE))
                        .lookThroughQuery(handle))
                .reads(Set.of("at_index_idx", "pkey"), AuditRepository.MAX_LOOKED_THROUGH);
    }

    @Test
    void whatIsCountedWithinAWeekIsAllThatIsRead() {
        AuditFilter week = AuditFilter.NEWEST.from(MIDDLE).to(MIDDLE.plusSeconds(7 * 86_400));
        for (EventGrouping by : List.of(EventGrouping.DAY, EventGrouping.HOUR)) {
            log.explain(handle -> EventCounts.query(handle, week, by)).reads(Set.of("at_index_idx"), 7 * 1_440);
        }
        // Newer servers may go from action to action instead, and in each along the time.
        for (EventGrouping by : List.of(EventGrouping.ACTION, EventGrouping.ACTOR, EventGrouping.OUTCOME)) {
            log.explain(handle -> EventCounts.query(handle, week, by)).reads(7 * 1_440);
        }
    }

    @Test
    void whatIsCountedWithinAFilterIsReadAlongItsIndex() {
        for (EventGrouping by : List.of(EventGrouping.DAY, EventGrouping.HOUR, EventGrouping.OUTCOME)) {
            log.explain(handle -> EventCounts.query(handle, AuditFilter.NEWEST.target("site:77"), by))
                    .reads(Set.of("target_at_index_idx"), EVENTS / 200);
        }
    }

    @Test
    void anEventIsFoundByItsIndexAndStretchesFollowIt() {
        log.explain(handle -> handle.createQuery(EventRow.SELECT + "WHERE index = :index")
                        .bind("index", 20_000))
                .reads(Set.of("pkey"), 1);
        log.explain(handle -> Stretch.events(handle, 20_000, PAGE)).reads(Set.of("pkey"), PAGE);
    }

    /** The first page, and one from within. */
    private static List<PageRequest> pages() {
        PageRequest first = PageRequest.first(PAGE);
        return List.of(first, first.after(Cursor.of(Rows.cursorPart(MIDDLE.plusSeconds(600)), "20010")));
    }
}
