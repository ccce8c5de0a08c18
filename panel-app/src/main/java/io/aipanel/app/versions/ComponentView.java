package io.aipanel.app.versions;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Choice;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.Paging;
import io.aipanel.app.cli.Table;
import io.aipanel.app.cli.Text;
import io.aipanel.domain.Page;
import io.aipanel.domain.versions.Component;
import io.aipanel.domain.versions.Pin;
import io.aipanel.service.versions.Components;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How components are shown: as in the HTTP API, or as a table. */
final class ComponentView {

    private ComponentView() {}

    static Answer answer(List<Component> list, Components components, Instant now) {
        return Paging.answer(
                new Page<>(list, Optional.empty()),
                component -> json(component, components),
                all -> table(all, components, now),
                "There are no components yet: panel versions refresh");
    }

    private static Map<String, @Nullable Object> json(Component component, Components components) {
        return JsonDocument.object(
                "name", component.name(),
                "status", Choice.word(components.status(component)),
                "installed", component.finding().installed(),
                "candidate", component.finding().candidate(),
                "source", component.finding().source(),
                "policy", Choice.word(component.policy()),
                "pin", component.pin().map(ComponentView::json),
                "lastCheckedAt", component.lastCheckedAt());
    }

    private static Map<String, @Nullable Object> json(Pin pin) {
        return JsonDocument.object("version", pin.version(), "reason", pin.reason(), "expiresAt", pin.expiresAt());
    }

    private static Table table(List<Component> list, Components components, Instant now) {
        Table table = new Table("NAME", "STATUS", "INSTALLED", "CANDIDATE", "SOURCE", "POLICY", "PIN", "CHECKED");
        for (Component component : list) {
            table.row(
                    component.name().value(),
                    Choice.word(components.status(component)),
                    component.finding().installed().orElse("-"),
                    component.finding().candidate().orElse("-"),
                    component.finding().source().isEmpty()
                            ? "-"
                            : component.finding().source(),
                    Choice.word(component.policy()),
                    component.pin().map(Pin::version).orElse("-"),
                    Text.time(component.lastCheckedAt(), now));
        }
        return table;
    }
}
