package io.aipanel.sqlite.audit;

import static io.aipanel.ports.audit.AuditSamples.T0;
import static io.aipanel.ports.audit.AuditSamples.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.EventCount;
import io.aipanel.domain.audit.EventGrouping;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.sqlite.SqliteStorageProvider;
import io.aipanel.sqlite.storage.Released;
import io.aipanel.sqlite.storage.StorageDirectory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events are found whether or not they have their entries yet, and by what is there of these. */
final class EntriesTest {

    private static final int MOST_AT_ONCE = 3_000;

    @TempDir
    Path directory;

    @Test
    void eachQuestionFindsWhatItFindsInTheWholeLogHoweverFarTheEntriesAre() {
        long seed = System.nanoTime();
        System.out.println("EntriesTest: seed " + seed);
        Random random = new Random(seed);
        try (Storage storage = open()) {
            AuditRepository audit = storage.audit();
            List<AuditEvent> all = new ArrayList<>();
            while (all.size() < 2 * Entries.PERIOD) {
                int number = 1 + random.nextInt(MOST_AT_ONCE);
                all.addAll(audit.append(IntStream.range(0, number)
                        .mapToObj(i -> someEvent(random))
                        .toList()));
                if (random.nextInt(8) == 0) {
                    assertFinds(audit, all, random);
                }
            }
            assertFinds(audit, all, random);
            cut(audit, all, 5_000);
            assertFinds(audit, all, random);
            cut(audit, all, 2 * Entries.PERIOD - 100);
            assertFinds(audit, all, random);
            assertThat(storage.check()).isEmpty();
        }
    }

    @Test
    void eventsOfEarlierReleasesGetThemWhenTheStoreIsOpened() throws SQLException {
        int events = 5 * Entries.PERIOD;
        Released.write(
                new StorageDirectory(directory).prepare().get(StoreName.AUDIT.ordinal()),
                "audit-0002.sql",
                """
                WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %d)
                INSERT INTO events ("index", at, actor, action, target, outcome, address, request_id, details)
                SELECT i, i, 'anna', 'site.create', iif(i %% 2, 'site:1', ''), 'success', iif(i %% 4, '::1', NULL), NULL, '{}'
                FROM n
                """.formatted(events));

        try (Storage storage = open()) {
            assertThat(numbers("SELECT until FROM entered"))
                    .hasSize(Entries.values().length)
                    .allMatch(until -> until >= events - Entries.PERIOD);
            assertThat(storage.audit().counts(AuditFilter.OLDEST.target("site:1"), EventGrouping.ACTOR))
                    .containsExactly(new EventCount("anna", events / 2));
            assertThat(storage.audit().counts(AuditFilter.OLDEST.address("::1"), EventGrouping.ACTION))
                    .containsExactly(new EventCount("site.create", events * 3 / 4));
            assertThat(storage.check()).isEmpty();
        }
    }

    @Test
    void noMoreEventsThanOfAPeriodHaveNone() throws SQLException {
        try (Storage storage = open()) {
            for (int size = 0; size < 3 * Entries.PERIOD; size += 1_000) {
                storage.audit().append(Collections.nCopies(1_000, event("site:1")));

                assertThat(numbers("SELECT size - until FROM tree, entered"))
                        .allMatch(without -> without < Entries.PERIOD + 1_000);
            }
        }
    }

    @Test
    void whereItIsNotKnownWhichEventsHaveOnesAllEventsAreFoundOnce() throws SQLException {
        try (Storage storage = open()) {
            storage.audit().append(Collections.nCopies(Entries.PERIOD, event("site:1")));
            storage.audit().append(List.of(event("site:2")));
            new BehindTheBack(directory).execute("DELETE FROM entered");

            assertThat(targets(storage, "site:1")).isEqualTo(Entries.PERIOD);
            assertThat(targets(storage, "site:2")).isEqualTo(1);
            storage.audit().append(Collections.nCopies(Entries.PERIOD, event("site:1")));
            assertThat(targets(storage, "site:1")).isEqualTo(2 * Entries.PERIOD);
            assertThat(storage.check()).isEmpty();
        }
    }

    @Test
    void aCheckFindsMissingAndWrongOnesAndSaysWhatHelps() throws SQLException {
        String table = "entries_by_action";
        BehindTheBack file = new BehindTheBack(directory);
        try (Storage storage = open()) {
            storage.audit().append(Collections.nCopies(Entries.PERIOD, event("site:1")));
            file.execute(
                    "DELETE FROM " + table + " WHERE \"index\" IN (3, 4, 5)",
                    "INSERT INTO " + table + " VALUES ('nothing', 1, 2)");

            assertThat(storage.check())
                    .singleElement()
                    .asString()
                    .contains("audit.db: events are not found by action: 3 have no entry in " + table)
                    .contains("1 entries are of no event")
                    .contains("DELETE FROM " + table + "; DELETE FROM entered WHERE name = 'action'");
        }
        file.execute("DELETE FROM " + table, "DELETE FROM entered WHERE name = 'action'");

        try (Storage storage = open()) {
            storage.audit().append(Collections.nCopies(Entries.PERIOD, event("site:1")));
            assertThat(storage.check()).isEmpty();
            assertThat(numbers("SELECT count(*) FROM " + table)).allMatch(number -> number >= Entries.PERIOD);
        }
    }

    @Test
    void aCheckFindsEntriesThatHaveChangedPlaces() throws SQLException {
        try (Storage storage = open()) {
            List<NewAuditEvent> events = IntStream.range(0, Entries.PERIOD)
                    .mapToObj(i -> event("site:" + i))
                    .toList();
            storage.audit().append(events);
            new BehindTheBack(directory)
                    .execute("UPDATE entries_by_target SET target = iif(\"index\" = 3, 'site:4', 'site:3')"
                            + " WHERE \"index\" IN (3, 4)");

            assertThat(storage.check())
                    .singleElement()
                    .asString()
                    .contains("not found by target: 2 have no entry", "2 entries are of no event");
        }
    }

    @Test
    void whatSomebodyHasPutIntoAnEventDoesNotStopAppends() throws SQLException {
        try (Storage storage = open()) {
            storage.audit().append(Collections.nCopies(10, event("site:1")));
        }
        BehindTheBack file = new BehindTheBack(directory);
        file.execute(
                "PRAGMA writable_schema = ON",
                "DELETE FROM sqlite_schema WHERE type = 'trigger'",
                "UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')') WHERE name = 'events'");
        file.execute("UPDATE events SET at = 'never', actor = x'00', action = x'01', target = x'ff', address = x'02'");

        try (Storage storage = open()) {
            storage.audit().append(Collections.nCopies(Entries.PERIOD, event("site:1")));
            assertThat(storage.audit().size()).isEqualTo(10 + Entries.PERIOD);
        }
    }

    private static void assertFinds(AuditRepository audit, List<AuditEvent> all, Random random) {
        String actor = actor(random);
        String action = action(random);
        String area = action.substring(0, action.indexOf('.') + 1);
        String target = target(random);
        String address = address(random);
        NewAuditEvent some = all.get(random.nextInt(all.size())).event();
        // Chance may ask the same question twice.
        Map<AuditFilter, Predicate<NewAuditEvent>> questions = new HashMap<>();
        questions.put(AuditFilter.OLDEST.actor(actor), event -> event.actor().equals(actor));
        questions.put(AuditFilter.OLDEST.action(action), event -> event.action().equals(action));
        questions.put(AuditFilter.OLDEST.action(area), event -> event.action().startsWith(area));
        questions.put(AuditFilter.OLDEST.target(target), event -> event.target().equals(target));
        questions.put(AuditFilter.OLDEST.target(""), event -> event.target().isEmpty());
        questions.put(
                AuditFilter.OLDEST.address(address), event -> event.address().equals(Optional.of(address)));
        questions.put(
                AuditFilter.OLDEST.target(target).actor(actor),
                event -> event.target().equals(target) && event.actor().equals(actor));
        questions.put(
                AuditFilter.OLDEST.actor(actor).from(some.at()),
                event -> event.actor().equals(actor) && !event.at().isBefore(some.at()));
        questions.put(
                AuditFilter.OLDEST.action(area).to(some.at()),
                event -> event.action().startsWith(area) && event.at().isBefore(some.at()));
        questions.put(
                AuditFilter.OLDEST.actor(actor).text("7"),
                event -> event.actor().equals(actor) && event.details().value().contains("7"));
        questions.forEach((filter, wanted) -> {
            List<AuditEvent> expected = all.stream()
                    .filter(event -> wanted.test(event.event()))
                    .sorted(Comparator.comparing(
                                    (AuditEvent event) -> event.event().at())
                            .thenComparingLong(AuditEvent::index))
                    .collect(Collectors.toList());
            assertThat(read(audit, filter)).as("%s", filter).isEqualTo(expected);
            if (filter.text().isEmpty()) {
                assertCounts(audit, filter, EventGrouping.ACTOR, expected, NewAuditEvent::actor);
                assertCounts(audit, filter, EventGrouping.ACTION, expected, NewAuditEvent::action);
                assertCounts(
                        audit,
                        filter,
                        EventGrouping.OUTCOME,
                        expected,
                        event -> event.outcome().name().toLowerCase(Locale.ROOT));
            }
            Collections.reverse(expected);
            assertThat(read(audit, filter.reversed())).as("%s", filter).isEqualTo(expected);
        });
        assertCounts(audit, AuditFilter.OLDEST, EventGrouping.ACTOR, all, NewAuditEvent::actor);
        assertCounts(audit, AuditFilter.OLDEST, EventGrouping.ACTION, all, NewAuditEvent::action);
    }

    private static void assertCounts(
            AuditRepository audit,
            AuditFilter filter,
            EventGrouping by,
            List<AuditEvent> events,
            Function<NewAuditEvent, String> group) {
        Map<String, Long> expected = events.stream()
                .collect(Collectors.groupingBy(
                        event -> group.apply(event.event()), TreeMap::new, Collectors.counting()));
        assertThat(audit.counts(filter, by))
                .as("%s by %s", filter, by)
                .containsExactlyElementsOf(expected.entrySet().stream()
                        .map(entry -> new EventCount(entry.getKey(), entry.getValue()))
                        .sorted(Comparator.comparingLong(EventCount::events)
                                .reversed()
                                .thenComparing(EventCount::group))
                        .toList());
    }

    private static List<AuditEvent> read(AuditRepository audit, AuditFilter filter) {
        List<AuditEvent> found = new ArrayList<>();
        PageRequest first = PageRequest.first(700);
        PageRequest request = first;
        while (true) {
            Page<AuditEvent> page = audit.events(filter, request);
            found.addAll(page.items());
            Optional<Cursor> next = page.next();
            if (next.isEmpty()) {
                return found;
            }
            request = first.after(next.get());
        }
    }

    private static void cut(AuditRepository audit, List<AuditEvent> all, long first) {
        NewAuditEvent event = event("the log");
        audit.cut(first, event);
        all.add(new AuditEvent(audit.size() - 1, event));
        while (audit.removeCutOff(1_700) > 0) {
            // until nothing is left
        }
        all.removeIf(each -> each.index() < first);
    }

    /** The times of events are not in their order: who appends later may have begun earlier. */
    private static NewAuditEvent someEvent(Random random) {
        return new NewAuditEvent(
                T0.plusSeconds(random.nextInt(100_000)),
                actor(random),
                action(random),
                target(random),
                random.nextInt(50) == 0 ? AuditOutcome.REFUSED : AuditOutcome.SUCCESS,
                random.nextInt(10) == 0 ? Optional.empty() : Optional.of(address(random)),
                Optional.empty(),
                new JsonText("{\"n\": " + random.nextInt(1_000) + "}"));
    }

    private static String actor(Random random) {
        return "user:person-" + random.nextInt(15);
    }

    private static String action(Random random) {
        return "area" + random.nextInt(4) + ".action-" + random.nextInt(6);
    }

    private static String target(Random random) {
        int number = random.nextInt(200);
        return number == 0 ? "" : "site:" + number;
    }

    private static String address(Random random) {
        return "192.0.2." + random.nextInt(40);
    }

    private static long targets(Storage storage, String target) {
        return storage.audit().counts(AuditFilter.OLDEST.target(target), EventGrouping.DAY).stream()
                .mapToLong(EventCount::events)
                .sum();
    }

    private List<Long> numbers(String sql) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("audit.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
        }
        return numbers;
    }

    private Storage open() {
        return new SqliteStorageProvider().open(StorageOptions.of("sqlite:" + directory));
    }
}
