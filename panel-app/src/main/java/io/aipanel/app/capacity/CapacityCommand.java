package io.aipanel.app.capacity;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.ExitCodes;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.Screen;
import io.aipanel.domain.capacity.Forecast;
import io.aipanel.domain.capacity.Metric;
import io.aipanel.domain.capacity.Step;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdState;
import io.aipanel.service.Panel;
import io.aipanel.service.capacity.CapacityReport;
import io.aipanel.service.capacity.HistoryPoint;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows how near the panel is to its limits. Exit code 3 if one is breached. */
@Command(
        name = "capacity",
        description = {
            "Show how near the panel is to each limit of SQLite, since when, and for how long that will do; on PostgreSQL what",
            "counts there instead. A running server measures each minute. Ends with 3 if a limit is breached."
        },
        subcommands = CapacityNotifyTestCommand.class)
public final class CapacityCommand implements Callable<Integer> {

    private final Invocation invocation;

    CapacityCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.withPanel(panel -> {
            CapacityReport report = panel.capacity().report(invocation.actor());
            Map<Threshold, Forecast> forecasts = panel.capacity().forecasts(invocation.actor());
            invocation.answer(new Answer(
                    CapacityView.json(report, forecasts),
                    () -> picture(panel, report, forecasts).lines()));
            return report.state() == ThresholdState.BREACHED ? ExitCodes.FOUND : ExitCodes.DONE;
        });
    }

    private CapacityPicture picture(Panel panel, CapacityReport report, Map<Threshold, Forecast> forecasts) {
        Map<Threshold, List<HistoryPoint>> lastDay = new EnumMap<>(Threshold.class);
        for (Threshold threshold : Threshold.values()) {
            lastDay.put(
                    threshold,
                    panel.capacity()
                            .history(
                                    invocation.actor(),
                                    Metric.of(threshold),
                                    report.at().minus(Step.DAY.length()),
                                    report.at(),
                                    Step.MINUTE));
        }
        Screen screen =
                Screen.of(invocation.environment(), invocation.terminal().showsOut());
        return new CapacityPicture(report, forecasts, lastDay, screen);
    }
}
