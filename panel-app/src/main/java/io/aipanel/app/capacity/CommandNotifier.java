package io.aipanel.app.capacity;

import io.aipanel.app.outgoing.OutputLines;
import io.aipanel.app.outgoing.Program;
import io.aipanel.app.outgoing.ProgramFailed;
import io.aipanel.domain.capacity.Amounts;
import io.aipanel.service.capacity.CapacityNotice;
import io.aipanel.service.capacity.CapacityNotifier;
import io.aipanel.service.capacity.StateChange;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells of a change by running a program: the notice is its standard input, as JSON, and what matters most is in variables.
 * Any exit code but 0 means that nobody was told.
 */
final class CommandNotifier implements CapacityNotifier {

    private final Program program;
    private final Duration timeout;

    /** @param timeout how long the program may take; then it is ended with everything that it has started */
    CommandNotifier(Program program, Duration timeout) {
        this.program = program;
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return "command";
    }

    @Override
    public void tell(CapacityNotice notice) throws ProgramFailed, IOException, InterruptedException {
        long begin = System.nanoTime();
        try {
            program.runWell(
                    notice.toJson().value(),
                    variables(notice),
                    new OutputLines(line -> {}),
                    () -> System.nanoTime() - begin >= timeout.toNanos());
        } catch (InterruptedException e) {
            if (System.nanoTime() - begin >= timeout.toNanos()) {
                throw new ProgramFailed(
                        program.file() + " did not end within " + timeout.toSeconds() + " seconds, and was ended");
            }
            throw e;
        }
    }

    private static Map<String, String> variables(CapacityNotice notice) {
        StateChange change = notice.change();
        Map<String, String> variables = new HashMap<>(Map.of(
                "PANEL_CAPACITY_THRESHOLD", change.threshold().wireName(),
                "PANEL_CAPACITY_FROM", change.from().wireName(),
                "PANEL_CAPACITY_TO", change.to().wireName(),
                "PANEL_CAPACITY_SINCE", change.since().toString(),
                "PANEL_CAPACITY_TEST", Boolean.toString(notice.test()),
                "PANEL_CAPACITY_SUBJECT", NoticeText.subject(notice),
                "PANEL_CAPACITY_LIMIT", Amounts.plain(change.limit())));
        change.value().ifPresent(value -> variables.put("PANEL_CAPACITY_VALUE", Amounts.plain(value)));
        return variables;
    }
}
