package io.aipanel.sqlite.backup;

import io.aipanel.ports.backup.PortableTable;
import io.aipanel.ports.backup.PortableTable.Column;
import io.aipanel.ports.storage.StoreName;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where SQLite's tables differ from those that every engine has. */
final class PortableForm {

    /** How many lines a job's log has had in all, which is not kept, as the newest line says it. */
    private static final Column LOG_LINES = new Column("log_lines", PortableTable.Kind.NUMBER);

    /** Of which tables SQLite has the highest number that was ever given, by what that counter is called elsewhere. */
    private static final Map<StoreName, Map<String, List<String>>> COUNTERS = Map.of(
            StoreName.PANEL,
            Map.of(
                    "login_attempts", List.of("login_attempts"),
                    "component_changes", List.of("component_changes"),
                    "outbox", List.of("audit_outbox", "job_outbox")),
            StoreName.AUDIT,
            Map.of(),
            StoreName.QUEUE,
            Map.of("jobs", List.of("jobs"), "event_outbox", List.of("event_outbox")));

    private PortableForm() {}

    /** The tables that count, by the name of the counter. */
    static Map<String, List<String>> counters(StoreName store) {
        return COUNTERS.getOrDefault(store, Map.of());
    }

    /** Reads all rows of a table. */
    static String select(PortableTable table) {
        return "SELECT " + table.columns().stream().map(PortableForm::read).collect(Collectors.joining(", ")) + " FROM "
                + quoted(table.name());
    }

    private static String read(Column column) {
        return column.equals(LOG_LINES)
                ? "(SELECT coalesce(max(seq), 0) FROM job_log WHERE job = id)"
                : quoted(column.name());
    }

    /** Adds a row, with a parameter for each of the {@link #written} columns. */
    static String insert(PortableTable table) {
        List<String> names = written(table).stream().map(Column::name).toList();
        boolean isTree = table.name().equals("tree");
        return "INSERT INTO " + quoted(table.name()) + " ("
                + Stream.concat(names.stream(), isTree ? Stream.of("only_one") : Stream.empty())
                        .map(PortableForm::quoted)
                        .collect(Collectors.joining(", "))
                + ") VALUES (" + names.stream().map(name -> "?").collect(Collectors.joining(", "))
                + (isTree ? ", 1)" : ")");
    }

    /** The columns that a table has, in their order. */
    static List<Column> written(PortableTable table) {
        return table.columns().stream()
                .filter(column -> !column.equals(LOG_LINES))
                .toList();
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
