package io.aipanel.app.audit;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.service.audit.ProvenEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "proof",
        description = "Prove that an event is in the log (RFC 9162, section 2.1.3): its hash, and the way to the root.")
final class AuditProofCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(paramLabel = "INDEX", description = "The event's index")
    private long index;

    @Option(
            names = "--size",
            paramLabel = "N",
            description = "In the log with so many events (default: those of the latest checkpoint)")
    private Optional<Long> size = Optional.empty();

    AuditProofCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.answerWithPanel(panel -> answer(panel.audit().inclusion(invocation.actor(), index, size)));
    }

    private static Answer answer(ProvenEvent proven) {
        return new Answer(
                JsonDocument.object(
                        "index", proven.proof().index(),
                        "size", proven.proof().size(),
                        "leafHash", proven.leaf(),
                        "root", proven.root(),
                        "path", proven.proof().path()),
                () -> lines(proven));
    }

    private static List<String> lines(ProvenEvent proven) {
        List<String> lines = new ArrayList<>();
        lines.add("index " + proven.proof().index());
        lines.add("size  " + proven.proof().size());
        lines.add("leaf  " + proven.leaf());
        proven.proof().path().forEach(hash -> lines.add("path  " + hash));
        lines.add("root  " + proven.root());
        return lines;
    }
}
