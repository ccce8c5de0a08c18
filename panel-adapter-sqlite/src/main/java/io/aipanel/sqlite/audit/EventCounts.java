package io.aipanel.sqlite.audit;

import io.aipanel.domain.Timestamps;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.EventCount;
import io.aipanel.domain.audit.EventGrouping;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Counts events. */
final class EventCounts {

    private static final long HOUR = TimeUnit.HOURS.toMicros(1);
    private static final long DAY = TimeUnit.DAYS.toMicros(1);

    private EventCounts() {}

    static List<EventCount> run(StoreConnection audit, AuditFilter filter, EventGrouping by) {
        EventConditions conditions = new EventConditions(filter);
        boolean byTime = by == EventGrouping.HOUR || by == EventGrouping.DAY;
        // Each part by itself: entries have what they are counted by in order already.
        String parts = sources(conditions, filter, by).stream()
                .map(source ->
                        "SELECT " + group(by) + " AS found, count(*) AS events FROM " + source + " GROUP BY found")
                .collect(Collectors.joining(" UNION ALL "));
        String sql = "SELECT found, sum(events) AS events FROM (" + parts + ") GROUP BY found ORDER BY "
                + (byTime ? "found" : "events DESC, found") + " LIMIT " + AuditRepository.MAX_GROUPS;
        List<EventCount> counts = new ArrayList<>();
        try (Rows row = audit.rows(sql, conditions.binding())) {
            while (row.next()) {
                String group = byTime ? Timestamps.ofEpochMicros(row.number()).toString() : row.text();
                counts.add(new EventCount(group, row.number()));
            }
        }
        return counts;
    }

    /** Who counts everything reads it all: best where nothing else is read, or else as it lies in the file. */
    private static List<String> sources(EventConditions conditions, AuditFilter filter, EventGrouping by) {
        boolean all = filter.equals(AuditFilter.OLDEST) || filter.equals(AuditFilter.NEWEST);
        return switch (by) {
            case ACTION -> all ? everything(Entries.ACTION) : conditions.sources("action");
            case ACTOR -> all ? everything(Entries.ACTOR) : conditions.sources("actor");
            case OUTCOME -> all ? List.of("events NOT INDEXED") : conditions.sources();
            case HOUR, DAY -> conditions.sources(null);
        };
    }

    private static List<String> everything(Entries entries) {
        return List.of(entries.alone(), entries.latecomers());
    }

    private static String group(EventGrouping by) {
        return switch (by) {
            case ACTION -> "action";
            case ACTOR -> "actor";
            case OUTCOME -> "outcome";
            case HOUR -> beginning(HOUR);
            case DAY -> beginning(DAY);
        };
    }

    /** SQLite's remainder has the sign of the time, which is negative before 1970. */
    private static String beginning(long micros) {
        return "at - (at % " + micros + " + " + micros + ") % " + micros;
    }
}
