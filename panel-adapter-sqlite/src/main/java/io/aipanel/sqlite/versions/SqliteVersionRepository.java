package io.aipanel.sqlite.versions;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Timestamps;
import io.aipanel.domain.versions.Component;
import io.aipanel.domain.versions.ComponentChange;
import io.aipanel.domain.versions.ComponentName;
import io.aipanel.domain.versions.Finding;
import io.aipanel.domain.versions.Pin;
import io.aipanel.ports.versions.VersionRepository;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.StoreAccess;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Components in {@code panel.db}. */
public final class SqliteVersionRepository implements VersionRepository {

    private final StoreAccess panel;

    /** @param panel how to reach {@code panel.db} */
    public SqliteVersionRepository(StoreAccess panel) {
        this.panel = panel;
    }

    @Override
    public void save(Component component) {
        Finding finding = component.finding();
        panel.write(connection -> {
            connection
                    .attach(ComponentRows.class)
                    .save(
                            component.name().value(),
                            finding.source(),
                            finding.installed().orElse(null),
                            finding.candidate().orElse(null),
                            component.policy().name().toLowerCase(Locale.ROOT),
                            component.pin().map(Pin::version).orElse(null),
                            component.pin().map(Pin::reason).orElse(null),
                            Columns.of(component.pin().flatMap(Pin::expiresAt)),
                            Columns.of(component.lastCheckedAt()));
            return component;
        });
    }

    /** Other transactions wait in any case: there is one writer. */
    @Override
    public Optional<Component> component(ComponentName name) {
        return panel.read(connection -> connection.attach(ComponentRows.class).byName(name.value()));
    }

    @Override
    public List<Component> components() {
        return panel.read(connection -> connection.attach(ComponentRows.class).all());
    }

    @Override
    public boolean remove(ComponentName name) {
        return panel.write(connection -> connection.attach(ComponentRows.class).delete(name.value()) > 0);
    }

    @Override
    public void addChange(ComponentName name, Instant at, Finding finding) {
        long micros = Columns.of(Timestamps.micros("at", at));
        panel.write(connection -> {
            connection
                    .attach(ComponentRows.class)
                    .addChange(
                            name.value(),
                            micros,
                            finding.source(),
                            finding.installed().orElse(null),
                            finding.candidate().orElse(null));
            return name;
        });
    }

    @Override
    public Page<ComponentChange> changes(ComponentName name, PageRequest page) {
        long before = page.after().map(cursor -> cursor.ofSize(1).number(0)).orElse(Long.MAX_VALUE);
        List<ComponentChange> found = panel.read(
                connection -> connection.attach(ComponentRows.class).changes(name.value(), before, page.limit() + 1));
        return Page.of(found, page.limit(), change -> Cursor.of(Long.toString(change.number())));
    }
}
