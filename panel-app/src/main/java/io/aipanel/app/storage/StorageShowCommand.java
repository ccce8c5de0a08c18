package io.aipanel.app.storage;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.Table;
import io.aipanel.app.cli.Text;
import io.aipanel.ports.storage.StorageReport;
import io.aipanel.ports.storage.StorageReport.StoreReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(name = "show", description = "Show the engine, and for each store its place, size, rows and properties.")
final class StorageShowCommand implements Callable<Integer> {

    private final Invocation invocation;

    StorageShowCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.answerWithPanel(panel -> {
            StorageReport report = panel.health().report();
            return new Answer(json(report), () -> lines(report));
        });
    }

    private static Map<String, @Nullable Object> json(StorageReport report) {
        return JsonDocument.object(
                "engine", report.engine(),
                "location", report.location(),
                "stores", report.stores().stream().map(StorageShowCommand::json).toList());
    }

    private static Map<String, @Nullable Object> json(StoreReport store) {
        return JsonDocument.object(
                "store", store.store().wireName(),
                "location", store.location(),
                "schemaVersion", store.schemaVersion(),
                "bytes", store.bytes(),
                "walBytes", store.walBytes(),
                "rows", new TreeMap<>(store.rows()),
                "properties", new TreeMap<>(store.properties()));
    }

    private static List<String> lines(StorageReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(Text.onOneLine(report.engine() + " at " + report.location()));
        lines.add("");
        Table stores = new Table("STORE", "LOCATION", "SCHEMA", "SIZE", "LOG", "ROWS");
        for (StoreReport store : report.stores()) {
            stores.row(
                    store.store().wireName(),
                    store.location(),
                    store.schemaVersion(),
                    Text.size(store.bytes()),
                    Text.size(store.walBytes()),
                    Long.toString(store.rows().values().stream()
                            .mapToLong(Long::longValue)
                            .sum()));
        }
        lines.addAll(stores.lines());
        lines.add("");
        Table details = new Table("STORE", "WHAT", "VALUE");
        for (StoreReport store : report.stores()) {
            String name = store.store().wireName();
            new TreeMap<>(store.rows())
                    .forEach((table, rows) -> details.row(name, "rows of " + table, rows.toString()));
            new TreeMap<>(store.properties()).forEach((property, value) -> details.row(name, property, value));
        }
        lines.addAll(details.lines());
        return lines;
    }
}
