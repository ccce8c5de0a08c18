package io.aipanel.app.capacity;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.CommandFailed;
import io.aipanel.app.cli.ExitCodes;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.Table;
import io.aipanel.app.cli.UsageException;
import io.aipanel.app.config.Configuration;
import io.aipanel.service.Panel;
import io.aipanel.service.capacity.CapacityNotice;
import io.aipanel.service.capacity.CapacityNotifier;
import io.aipanel.service.settings.PanelSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Tries out whether everybody who is to be told of changes really is. */
@Command(
        name = "notify-test",
        description =
                "Send a test to everybody who is told of changes of capacity, now. Ends with 1 if one cannot be told.")
public final class CapacityNotifyTestCommand implements Callable<Integer> {

    private final Invocation invocation;

    CapacityNotifyTestCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Configuration configuration = invocation.configuration(Map.of());
        invocation.quietLogging();
        if (configuration.capacity().isEmpty()) {
            throw new UsageException("nobody is told of changes of capacity: give capacity.notify.command,"
                    + " capacity.notify.url or capacity.notify.mail.to");
        }
        List<CapacityNotifier> notifiers =
                CapacityNotifiers.of(configuration.capacity(), invocation.directory(), invocation.environment());
        CapacityNotice notice = CapacityNotice.test(
                invocation.now(), name(configuration), configuration.http().publicUrl());
        boolean allTold = true;
        Table table = new Table("NOTIFIER", "RESULT");
        List<Object> results = new ArrayList<>();
        for (CapacityNotifier notifier : notifiers) {
            Optional<String> problem = tell(notifier, notice);
            allTold &= problem.isEmpty();
            table.row(notifier.name(), problem.map(why -> "FAILED: " + why).orElse("told"));
            results.add(JsonDocument.object("name", notifier.name(), "told", problem.isEmpty(), "problem", problem));
        }
        invocation.answer(new Answer(JsonDocument.object("notifiers", results), table::lines));
        return allTold ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private String name(Configuration configuration) {
        try (Panel panel = Panel.open(invocation.panelOptions(configuration, false))) {
            return panel.settings()
                    .show(invocation.actor(), PanelSettings.NAME.name())
                    .value()
                    .orElse(PanelSettings.NAME.defaultText());
        }
    }

    private static Optional<String> tell(CapacityNotifier notifier, CapacityNotice notice) {
        try {
            notifier.tell(notice);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted before everybody was told", e);
        } catch (Exception e) {
            String message = e.getMessage();
            return Optional.of(
                    message == null || message.isBlank() ? e.getClass().getSimpleName() : message);
        }
    }
}
