package io.aipanel.app.audit;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.CommandFailed;
import io.aipanel.app.cli.ExitCodes;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.Text;
import io.aipanel.domain.audit.AnchorState;
import io.aipanel.domain.audit.KeptCheckpoint;
import io.aipanel.domain.audit.LogOrigin;
import io.aipanel.domain.audit.LogOrigins;
import io.aipanel.domain.audit.VerifierKey;
import io.aipanel.service.Panel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "checkpoint",
        description = {
            "Print the latest signed checkpoint, so that it can be kept elsewhere: panel audit checkpoint > FILE.",
            "The public keys, and how well checkpoints get to the places in the configuration, are told on standard error."
        })
final class AuditCheckpointCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Option(names = "--new", description = "Make one of the log as it is now first, and bring it to those places")
    private boolean wantsNew;

    @Option(
            names = "--keys",
            description = "Print the public keys instead, one in a line: panel audit checkpoint --keys > FILE")
    private boolean wantsKeys;

    @Option(
            names = "--forget",
            paramLabel = "PLACE",
            description = "Stop showing a place that is no longer in the configuration")
    private Optional<String> forgotten = Optional.empty();

    AuditCheckpointCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.withPanel(panel -> {
            if (wantsNew) {
                panel.audit().makeCheckpoint(invocation.actor());
            }
            forgotten.ifPresent(place -> panel.audit().forgetAnchor(invocation.actor(), place));
            answer(panel);
            return ExitCodes.DONE;
        });
    }

    private void answer(Panel panel) {
        Optional<KeptCheckpoint> latest = panel.audit().latestCheckpoint(invocation.actor());
        LogOrigins origins = panel.audit().origins(invocation.actor());
        List<String> keys = panel.audit().keys(invocation.actor()).stream()
                .map(VerifierKey::toString)
                .toList();
        List<AnchorState> anchors = panel.audit().anchors(invocation.actor());
        boolean nothing = wantsKeys ? keys.isEmpty() : latest.isEmpty();
        if (nothing && !invocation.options().json()) {
            throw new CommandFailed(
                    "nothing was signed yet: panel serve makes a checkpoint every minute, --new makes one now", null);
        }
        invocation.answer(new Answer(
                json(latest, origins, keys, anchors),
                () -> wantsKeys
                        ? keys
                        : latest.orElseThrow().checkpoint().toString().lines().toList()));
        if (!invocation.options().json() && !wantsKeys) {
            origins.all().stream().skip(1).forEach(each -> invocation.message(line(each)));
            keys.forEach(key -> invocation.message("public key: " + key));
            anchors.forEach(anchor -> invocation.message(line(anchor, keys.size() > 1)));
        }
    }

    private static String line(LogOrigin origin) {
        return "called " + origin.name() + " since it was restored from a backup that held " + origin.from()
                + (origin.from() == 1 ? " event" : " events");
    }

    private String line(AnchorState anchor, boolean severalSign) {
        String got = anchor.at()
                .map(at -> "has the checkpoint over " + anchor.size()
                        + (anchor.size() == 1 ? " event since " : " events since ") + Text.time(at, invocation.now()))
                .orElse("has none yet");
        return anchor.name()
                + (severalSign ? " (key " + anchor.signer() + ") " : " ")
                + got
                + anchor.failedAt()
                        .map(since -> "; FAILS since " + Text.time(since, invocation.now()) + ": " + anchor.failure())
                        .orElse("");
    }

    private static Map<String, @Nullable Object> json(
            Optional<KeptCheckpoint> latest, LogOrigins origins, List<String> keys, List<AnchorState> anchors) {
        return JsonDocument.object(
                "checkpoint", latest.map(KeptCheckpoint::checkpoint),
                "origin", latest.map(kept -> kept.checkpoint().checkpoint().origin()),
                "size", latest.map(kept -> kept.checkpoint().checkpoint().size()),
                "root", latest.map(kept -> kept.checkpoint().checkpoint().root()),
                "at", latest.map(KeptCheckpoint::at),
                "origins",
                        origins.all().stream()
                                .map(each -> JsonDocument.object("name", each.name(), "from", each.from()))
                                .toList(),
                "publicKeys", keys,
                "anchors", anchors.stream().map(AuditCheckpointCommand::json).toList());
    }

    private static Map<String, @Nullable Object> json(AnchorState anchor) {
        return JsonDocument.object(
                "name", anchor.name(),
                "signer", anchor.signer(),
                "size", anchor.size(),
                "at", anchor.at(),
                "failedAt", anchor.failedAt(),
                "failure", anchor.failedAt().map(since -> anchor.failure()));
    }
}
