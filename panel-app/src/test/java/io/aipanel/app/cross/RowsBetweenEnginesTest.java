package io.aipanel.app.cross;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.app.TestServer;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.ports.backup.CopyReport;
import io.aipanel.ports.backup.CopyWriter;
import io.aipanel.ports.backup.PortableTable;
import io.aipanel.ports.backup.PortableTable.Column;
import io.aipanel.ports.backup.PortableTables;
import io.aipanel.ports.backup.RowDigests;
import io.aipanel.ports.backup.RowDigests.TableDigest;
import io.aipanel.ports.backup.Snapshot;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.storage.StoreName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that a store can hold, from SQLite to a PostgreSQL that runs and back. */
class RowsBetweenEnginesTest {

    private static final StorageProvider SQLITE = engine("sqlite");
    private static final StorageProvider POSTGRES = engine("postgresql");
    private static final Instant AT = Instant.parse("2026-01-15T10:00:00.123456Z");

    /** Which of PostgreSQL's tables are not brought to another engine: see {@link PortableTables}. */
    private static final Set<String> LEFT_OUT = Set.of(
            "panel.databasechangelog",
            "audit.databasechangelog",
            "audit.delivered",
            "queue.databasechangelog",
            "queue.delivered",
            "queue.workers");

    /** What PostgreSQL says of its partitions beside the tree. */
    private static final Set<String> LEFT_OUT_COLUMNS = Set.of(
            "audit.tree.only_one",
            "audit.tree.partition_from",
            "audit.tree.next_partition_at",
            "audit.tree.next_partition_size");

    private static final Pattern TABLE = Pattern.compile("COPY ([a-z_.]+) \\((.+)\\) FROM stdin;");

    @TempDir
    private Path directory;

    private Path original() throws IOException {
        Path original = directory("original");
        Path log = directory("log");
        Files.delete(log);
        try (Storage storage = SQLITE.open(StorageOptions.of("sqlite:" + directory("live")))) {
            log(storage);
            copy(storage, log);
        }
        Map<PortableTable, List<Object[]>> samples = SampleRows.all();
        try (CopyWriter writer = SQLITE.writeCopies(original, AT)) {
            write(samples, StoreName.PANEL, writer);
            SQLITE.readCopies(log, (table, row) -> {
                if (table.store() == StoreName.AUDIT && !samples.containsKey(table)) {
                    writer.take(table, row);
                }
            });
            write(samples, StoreName.AUDIT, writer);
            write(samples, StoreName.QUEUE, writer);
            writer.finish();
        }
        return original;
    }

    private static void write(Map<PortableTable, List<Object[]>> samples, StoreName store, CopyWriter writer) {
        for (PortableTable table : PortableTables.of(store)) {
            samples.getOrDefault(table, List.of()).forEach(row -> writer.take(table, row));
        }
    }

    /** With nodes, two names, and events that were cut off, of which some are still there. */
    private static void log(Storage storage) {
        storage.audit().append(IntStream.range(0, 700).mapToObj(i -> event(i)).toList());
        storage.checkpoints().origin("log.example/one");
        storage.audit().append(List.of(event(700)));
        storage.checkpoints().beginOrigin("log.example/two");
        storage.audit().cut(300, event(701));
        storage.audit().removeCutOff(100);
        storage.audit().append(List.of(event(702)));
    }

    private static NewAuditEvent event(int number) {
        boolean isBare = number % 3 == 0;
        return new NewAuditEvent(
                AT.plusNanos(1_000L * number),
                SampleRows.TEXT.strip() + number,
                "site.create",
                isBare ? "" : SampleRows.TEXT,
                AuditOutcome.values()[number % AuditOutcome.values().length],
                isBare ? Optional.empty() : Optional.of("192.0.2." + number % 200),
                isBare ? Optional.empty() : Optional.of("request-" + number),
                new JsonText("{ \"z\": 1,\"a\":\"\\n\\\\\" }"));
    }

    @Test
    void whatThereIsComesBackFromTheOtherEngineAsItWas() throws IOException {
        Path original = original();
        Map<PortableTable, TableDigest> before = digests(SQLITE, original);
        before.forEach((table, digest) ->
                assertThat(digest.rows()).as("rows of %s", table).isPositive());
        LogTree tree = tree(SQLITE, original);
        assertThat(tree.cut().size()).isEqualTo(300);

        Path asText = directory("as-text");
        convert(SQLITE, original, POSTGRES, asText);
        assertThat(digests(POSTGRES, asText)).isEqualTo(before);
        assertThat(tree(POSTGRES, asText)).isEqualTo(tree);

        Path onServer = directory("on-server");
        Files.delete(onServer);
        StorageOptions server = StorageOptions.of(TestServer.newDatabase().replace("panel@", "postgres@"));
        try (Storage storage = POSTGRES.openCopies(asText, server)) {
            assertThat(storage.check()).isEmpty();
            assertThat(storage.audit().tree()).isEqualTo(tree);
            copy(storage, onServer);
        }
        assertThat(digests(POSTGRES, onServer)).isEqualTo(before);
        everyColumnIsBroughtAlong(onServer);

        Path back = directory("back");
        convert(POSTGRES, onServer, SQLITE, back);
        assertThat(tree(SQLITE, back)).isEqualTo(tree);
        assertThat(digests(SQLITE, back)).isEqualTo(before);
        try (Storage storage = SQLITE.openCopies(back, StorageOptions.of("sqlite:" + back))) {
            assertThat(storage.check()).isEmpty();
            assertThat(storage.audit().tree()).isEqualTo(tree);
            assertThat(storage.audit().event(300)).isPresent();
        }
    }

    @Test
    void everyValueOfASampleIsThereSomewhere() {
        SampleRows.all().forEach((table, rows) -> {
            for (int i = 0; i < table.columns().size(); i++) {
                int column = i;
                assertThat(rows)
                        .as("%s of %s", table.columns().get(i).name(), table)
                        .anyMatch(row -> row[column] != null);
            }
        });
    }

    @Test
    void anotherRowHasAnotherDigest() throws IOException {
        Map<PortableTable, List<Object[]>> samples = SampleRows.all();
        RowDigests before = new RowDigests();
        samples.forEach((table, rows) -> rows.forEach(row -> before.take(table, row)));
        Path asText = directory("as-text");

        try (CopyWriter writer = POSTGRES.writeCopies(asText, AT)) {
            samples.forEach((table, rows) -> rows.forEach(row -> {
                Object[] other = row.clone();
                if (table.name().equals("job_log") && "\\N".equals(row[table.position("text")])) {
                    other[table.position("text")] = "N";
                }
                writer.take(table, other);
            }));
            writer.finish();
        }

        assertThat(digests(POSTGRES, asText).entrySet().stream()
                        .filter(each -> !each.getValue().equals(before.tables().get(each.getKey())))
                        .map(each -> each.getKey().name()))
                .containsExactly("job_log");
    }

    private static void everyColumnIsBroughtAlong(Path copies) throws IOException {
        Set<String> known = new TreeSet<>(LEFT_OUT_COLUMNS);
        for (StoreName store : StoreName.values()) {
            PortableTables.of(store).stream()
                    .filter(table -> !table.name().equals(PortableTables.COUNTERS))
                    .forEach(table -> table.columns().stream()
                            .map(Column::name)
                            .forEach(column -> known.add(table + "." + column)));
        }
        Set<String> there = new TreeSet<>();
        for (StoreName store : StoreName.values()) {
            for (String line : Files.readAllLines(copies.resolve(store.wireName() + ".copy"))) {
                Matcher table = TABLE.matcher(line);
                if (table.matches() && !LEFT_OUT.contains(table.group(1))) {
                    for (String column : table.group(2).split(", ")) {
                        there.add(table.group(1) + "." + column.replace("\"", ""));
                    }
                }
            }
        }
        assertThat(there)
                .as(
                        "columns: a new one belongs into PortableTables, or is left out here because it follows from others")
                .isEqualTo(known);
    }

    private static StorageProvider engine(String scheme) {
        return ServiceLoader.load(StorageProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.scheme().equals(scheme))
                .findFirst()
                .orElseThrow();
    }

    private static void convert(StorageProvider from, Path source, StorageProvider to, Path target) {
        try (CopyWriter writer = to.writeCopies(target, AT)) {
            from.readCopies(source, writer);
            writer.finish();
        }
    }

    private static Map<PortableTable, TableDigest> digests(StorageProvider provider, Path copies) {
        RowDigests digests = new RowDigests();
        provider.readCopies(copies, digests);
        return digests.tables();
    }

    private static LogTree tree(StorageProvider provider, Path copies) {
        String ending = provider == SQLITE ? ".db" : ".copy";
        Map<StoreName, CopyReport> reports = Arrays.stream(StoreName.values())
                .collect(Collectors.toMap(
                        Function.identity(),
                        store -> provider.examine(store, copies.resolve(store.wireName() + ending))));
        assertThat(reports.values()).flatMap(CopyReport::problems).isEmpty();
        return reports.get(StoreName.AUDIT).tree().orElseThrow();
    }

    private static void copy(Storage storage, Path target) throws IOException {
        Files.createDirectory(target);
        try (Snapshot snapshot = storage.snapshot()) {
            for (StoreName store : StoreName.values()) {
                snapshot.copy(store, target.resolve(snapshot.fileName(store)), (done, all) -> {});
            }
        }
    }

    private Path directory(String name) throws IOException {
        return Files.createDirectory(directory.resolve(name));
    }
}
