package io.aipanel.app.audit;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.domain.audit.ConsistencyProof;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "consistency",
        description = "Prove that the log begins with what it was when it had fewer events (RFC 9162, section 2.1.4).")
final class AuditConsistencyCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(index = "0", paramLabel = "FROM", description = "When it had so many events")
    private long from;

    @Parameters(index = "1", paramLabel = "TO", description = "And later so many")
    private long to;

    AuditConsistencyCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.answerWithPanel(panel -> answer(panel.audit().consistency(invocation.actor(), from, to)));
    }

    private static Answer answer(ConsistencyProof proof) {
        return new Answer(
                JsonDocument.object("from", proof.from(), "to", proof.to(), "path", proof.path()), () -> lines(proof));
    }

    private static List<String> lines(ConsistencyProof proof) {
        List<String> lines = new ArrayList<>();
        lines.add("from  " + proof.from());
        lines.add("to    " + proof.to());
        proof.path().forEach(hash -> lines.add("path  " + hash));
        return lines;
    }
}
