package io.aipanel.postgres.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.EventGrouping;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.postgres.PostgresStorageHarness;
import io.aipanel.postgres.storage.Connections;
import io.aipanel.postgres.storage.Failures;
import io.aipanel.postgres.storage.PoolOptions;
import io.aipanel.postgres.storage.PostgresUrl;
import io.aipanel.postgres.storage.Rows;
import io.aipanel.postgres.storage.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
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

    private static final int EVENTS = 40_000;
    private static final int PAGE = 50;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant MIDDLE = BEGIN.plusSeconds(60 * EVENTS / 2);

    private static final Pattern INDEX = Pattern.compile("Index (?:Only )?Scan(?: Backward)? (?:using|on) (\\w+)");
    private static final Pattern SCAN =
            Pattern.compile("(?:->  |^)(?:Index|Bitmap Heap) .*\\(actual rows=(\\d+)\\S* loops=(\\d+)\\)");
    private static final Pattern LEFT_OUT = Pattern.compile("Rows Removed by Filter: (\\d+)");

    private static PostgresStorageHarness harness;
    private static Transactions transactions;

    @BeforeAll
    static void fill() throws SQLException {
        harness = PostgresStorageHarness.forOneTest();
        StorageOptions options = harness.options();
        PoolOptions pool = PoolOptions.of(options.engineOptions());
        Connections target = new Connections(PostgresUrl.parse(options.url()), options, pool);
        transactions = new Transactions(target, new Failures(target.location()), pool, options.timeout());
        harness.execute("""
                INSERT INTO audit.events (index, at, actor, action, target, outcome, address, request_id, details)
                SELECT n, '%s'::timestamptz + n * interval '1 min',
                       CASE WHEN n < 4000 THEN 'user:gone' ELSE 'user:' || n %% 20 END, 'area' || n %% 5 || '.do-' || n %% 30,
                       CASE WHEN n %% 4 = 0 THEN '' ELSE 'site:' || n %% 200 END,
                       CASE WHEN n %% 50 = 0 THEN 'refused' ELSE 'success' END,
                       '192.0.2.' || n %% 200, 'request-' || to_char(n, 'FM000000'), '{"n": ' || n || '}'
                FROM generate_series(0, %d - 1) AS n
                """.formatted(BEGIN, EVENTS));
        harness.execute("VACUUM (ANALYZE) audit.events");
    }

    @AfterAll
    static void close() {
        transactions.close();
        harness.close();
    }

    static Stream<Arguments> questions() {
        AuditFilter all = AuditFilter.NEWEST;
        int page = PAGE + 1;
        return Stream.of(
                Arguments.of(all, "events_by_time", page),
                Arguments.of(all.from(MIDDLE), "events_by_time", page),
                Arguments.of(all.to(MIDDLE), "events_by_time", page),
                Arguments.of(all.from(MIDDLE).to(MIDDLE.plusSeconds(3_600)), "events_by_time", 60),
                Arguments.of(all.actor("user:7"), "events_by_actor", page),
                Arguments.of(all.actor("user:7").from(MIDDLE), "events_by_actor", page),
                // One of many, but not of late: along the time it would be looked for to the other end of the log.
                Arguments.of(all.actor("user:gone"), "events_by_actor", page),
                Arguments.of(all.action("area3.do-13"), "events_by_action", page),
                Arguments.of(all.target("site:77"), "events_by_target", page),
                Arguments.of(all.outcome(AuditOutcome.REFUSED), "events_by_failure", page),
                Arguments.of(all.outcome(AuditOutcome.FAILURE), "events_by_failure", 0),
                Arguments.of(all.address("192.0.2.7"), "events_by_address", page),
                Arguments.of(all.requestId("request-020000"), "events_by_request", 1),
                // What most events have in common is looked for by time: one in four, and nearly all.
                Arguments.of(all.target(""), "events_by_time", 4 * page),
                Arguments.of(all.outcome(AuditOutcome.SUCCESS), "events_by_time", page + 2),
                Arguments.of(all.target("site:77").outcome(AuditOutcome.SUCCESS), "events_by_target", page));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void everyQuestionIsAnsweredAlongItsIndex(AuditFilter filter, String index, long most) {
        for (AuditFilter either : List.of(filter, filter.reversed())) {
            for (PageRequest page : pages()) {
                Plan plan = explain(handle -> new EventSearch(either, page).query(handle));

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
                Plan plan = explain(handle -> new EventSearch(either, page).query(handle));

                // Six actions begin so: each is found, and of each as many events are read as are wanted of all.
                plan.reads(Set.of("events_by_action"), 7 + 6 * (PAGE + 1));
            }
        }
    }

    @Test
    void aBeginningOfActionsWithinSomethingNarrowerIsLookedForThere() {
        explain(handle -> new EventSearch(
                                AuditFilter.NEWEST.action("area2.").target("site:77"), PageRequest.first(PAGE))
                        .query(handle))
                .reads(Set.of("events_by_target"), EVENTS / 200);
    }

    @Test
    void aTextIsLookedForWithinWhatTheIndexFinds() {
        AuditFilter filter = AuditFilter.NEWEST.actor("user:7").text("\"n\": 20007}");
        for (AuditFilter either : List.of(filter, filter.reversed())) {
            Plan plan = explain(handle -> new EventSearch(either, PageRequest.first(PAGE)).lookThroughQuery(handle));

            // The one event with the text is read once more.
            plan.reads(Set.of("events_by_actor", "events_pkey"), EVENTS / 20 + 1);
        }
    }

    @Test
    void aTextIsLookedForInNoMoreThanSoManyEvents() {
        explain(handle -> new EventSearch(
                                AuditFilter.OLDEST.from(BEGIN.plusSeconds(60)).text("nowhere"), PageRequest.first(PAGE))
                        .lookThroughQuery(handle))
                .reads(Set.of("events_by_time", "events_pkey"), AuditRepository.MAX_LOOKED_THROUGH);
    }

    @Test
    void whatIsCountedWithinAWeekIsReadAlongTheTime() {
        AuditFilter week = AuditFilter.NEWEST.from(MIDDLE).to(MIDDLE.plusSeconds(7 * 86_400));
        for (EventGrouping by : EventGrouping.values()) {
            explain(handle -> EventCounts.query(handle, week, by)).reads(Set.of("events_by_time"), 7 * 1_440);
        }
    }

    @Test
    void whatIsCountedWithinAFilterIsReadAlongItsIndex() {
        for (EventGrouping by : List.of(EventGrouping.DAY, EventGrouping.HOUR, EventGrouping.OUTCOME)) {
            explain(handle -> EventCounts.query(handle, AuditFilter.NEWEST.target("site:77"), by))
                    .reads(Set.of("events_by_target"), EVENTS / 200);
        }
    }

    @Test
    void anEventIsFoundByItsIndexAndStretchesFollowIt() {
        explain(handle -> handle.createQuery(EventRow.SELECT + "WHERE index = :index")
                        .bind("index", 20_000))
                .reads(Set.of("events_pkey"), 1);
        explain(handle -> Stretch.events(handle, 20_000, PAGE)).reads(Set.of("events_pkey"), PAGE);
    }

    /** The first page, and one from within. */
    private static List<PageRequest> pages() {
        PageRequest first = PageRequest.first(PAGE);
        return List.of(first, first.after(Cursor.of(Rows.cursorPart(MIDDLE.plusSeconds(600)), "20010")));
    }

    /** Runs the query and answers how the server went about it. */
    private static Plan explain(Function<Handle, Query> query) {
        return transactions.read(handle -> {
            handle.getConfig(SqlStatements.class)
                    .setTemplateEngine(
                            (sql, context) -> "EXPLAIN (ANALYZE, TIMING OFF, BUFFERS OFF, COSTS OFF) " + sql);
            return new Plan(
                    String.join("\n", query.apply(handle).mapTo(String.class).list()));
        });
    }

    /** @param text what the server has said */
    private record Plan(String text) {

        void reads(Set<String> indexes, long most) {
            assertThat(text).as("nothing is read from end to end").doesNotContain("Seq Scan on events");
            Set<String> used = new TreeSet<>();
            INDEX.matcher(text).results().forEach(scan -> used.add(scan.group(1)));
            assertThat(used).as("the indexes of%n%s", text).isEqualTo(new TreeSet<>(indexes));
            assertThat(read()).as("events read by%n%s", text).isLessThanOrEqualTo(most);
        }

        /** What the filter of a scan has left out was read, too. */
        private long read() {
            long read = 0;
            long loops = 0;
            for (String line : text.split("\n")) {
                Matcher leftOut = LEFT_OUT.matcher(line);
                Matcher scan = SCAN.matcher(line);
                if (scan.find()) {
                    loops = Long.parseLong(scan.group(2));
                    read += loops * Long.parseLong(scan.group(1));
                } else if (line.contains("->")) {
                    loops = 0;
                } else if (leftOut.find()) {
                    read += loops * Long.parseLong(leftOut.group(1));
                }
            }
            return read;
        }
    }
}
