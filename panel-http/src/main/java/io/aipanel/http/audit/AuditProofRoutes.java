package io.aipanel.http.audit;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.audit.AnchorState;
import io.aipanel.domain.audit.Checkpoint;
import io.aipanel.domain.audit.ConsistencyProof;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.KeptCheckpoint;
import io.aipanel.domain.audit.LogOrigins;
import io.aipanel.domain.audit.VerifierKey;
import io.aipanel.domain.iam.Permission;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Fields;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.OneAtATime;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.Schema;
import io.aipanel.http.web.ViewSchemas;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import io.aipanel.service.audit.Evidence;
import io.aipanel.service.audit.ProvenEvent;
import io.aipanel.service.audit.Verification;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What proves the audit log, and cutting off its beginning. */
public final class AuditProofRoutes {

    private static final Rule READ = Rule.anyOf(Permission.AUDIT_READ);
    private static final String TEXT = "text/plain";
    /** A check of a few million events has ended by then. */
    private static final int RETRY_SECONDS = 30;

    private static final Schema EVIDENCE = Schema.object("AuditEvidence")
            .nullable(
                    "checkpoint",
                    Schema.text(),
                    "Signed checkpoints that were kept elsewhere, one after the other, as GET /audit/checkpoint gives them")
            .nullable("publicKey", Schema.text(), "The public keys that are trusted, one in a line")
            .build();

    private static final Schema CUT = Schema.object("AuditCut")
            .nullable("first", Schema.wholeNumber(), "The index of the first event that is kept")
            .nullable("before", Schema.time(), "Instead: every event below the first at or after this time is cut off")
            .build();

    private final Panel panel;
    private final OneAtATime verifying = new OneAtATime(
            "verify-running", "The log is being checked already: try again when that has ended.", RETRY_SECONDS);

    /** @param panel what is served */
    public AuditProofRoutes(Panel panel) {
        this.panel = panel;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.api(Method.GET, "/audit/checkpoint", "audit.checkpoint", READ)
                        .summary("The latest checkpoint, the public keys, and how well checkpoints get elsewhere; as"
                                + " text/plain the checkpoint alone, and 404 if there is none")
                        .answers(200, ViewSchemas.of(CheckpointView.class))
                        .answersText(200, TEXT)
                        .handledBy(this::checkpoint),
                Route.api(Method.GET, "/audit/proof/{index}", "audit.prove", READ)
                        .summary("The proof that an event is in the log (RFC 9162, section 2.1.3)")
                        .query(
                                "size",
                                Schema.wholeNumber(),
                                "In the log with so many events; the latest checkpoint's, if it is not given")
                        .answers(200, ViewSchemas.of(InclusionProofView.class))
                        .handledBy(this::prove),
                Route.api(Method.GET, "/audit/consistency", "audit.prove-consistency", READ)
                        .summary("The proof that the log begins with what it was before (RFC 9162, section 2.1.4)")
                        .query("from", Schema.wholeNumber(), "When it had so many events; must be given")
                        .query("to", Schema.wholeNumber(), "And later so many; must be given")
                        .answers(200, ViewSchemas.of(ConsistencyProofView.class))
                        .handledBy(this::proveConsistency),
                Route.api(Method.GET, "/audit/verify", "audit.verify", READ)
                        .summary(
                                "Check the whole log; with millions of events it takes a while, and meanwhile another check is"
                                        + " refused")
                        .answers(200, ViewSchemas.of(VerificationView.class))
                        .handledBy(call -> verify(call, Evidence.NONE)),
                Route.api(Method.POST, "/audit/verify", "audit.verify-against", READ)
                        .summary(
                                "Check the whole log against checkpoints and public keys that were kept elsewhere; refused while"
                                        + " another check goes on")
                        .takes(EVIDENCE)
                        .answers(200, ViewSchemas.of(VerificationView.class))
                        .handledBy(call -> verify(call, evidence(call))),
                Route.api(Method.POST, "/audit/cut", "audit.cut", Rule.anyOf(Permission.AUDIT_CUT))
                        .summary("Cut off the beginning of the log; the rest still proves itself")
                        .takes(CUT)
                        .answers(200, ViewSchemas.of(AuditCutResultView.class))
                        .handledBy(this::cut));
    }

    private Reply checkpoint(Call call) {
        Optional<KeptCheckpoint> latest = panel.audit().latestCheckpoint(call.actor());
        if (call.prefers(TEXT)) {
            String note = latest.orElseThrow(() -> new NotFound("checkpoint yet"))
                    .checkpoint()
                    .toString();
            Reply.Content content =
                    new Reply.Content.Bytes("text/plain;charset=utf-8", note.getBytes(StandardCharsets.UTF_8));
            return new Reply(200, Map.of(), Optional.of(content));
        }
        return Reply.ok(CheckpointView.of(
                latest.orElse(null),
                panel.audit().origins(call.actor()),
                panel.audit().keys(call.actor()),
                panel.audit().anchors(call.actor())));
    }

    private Reply prove(Call call) {
        long index = Fields.parse("index", call.path().getOrDefault("index", ""), Fields::longNumber);
        return Reply.ok(InclusionProofView.of(
                panel.audit().inclusion(call.actor(), index, call.query("size", Fields::longNumber))));
    }

    private Reply proveConsistency(Call call) {
        return Reply.ok(ConsistencyProofView.of(
                panel.audit().consistency(call.actor(), number(call, "from"), number(call, "to"))));
    }

    private Reply verify(Call call, Evidence evidence) {
        return verifying.run(() -> Reply.ok(VerificationView.of(panel.audit().verify(call.actor(), evidence))));
    }

    private Reply cut(Call call) {
        Optional<Long> first = call.body().longNumber("first");
        Optional<Instant> before = call.body().optional("before", Fields::time);
        if (first.isPresent() == before.isPresent()) {
            throw new InvalidValueException("first", "or before must be given, and not both");
        }
        long index = first.orElseGet(() -> panel.audit().firstSince(call.actor(), before.orElseThrow()));
        return Reply.ok(new AuditCutResultView(index, panel.audit().cut(call.actor(), index)));
    }

    private static Evidence evidence(Call call) {
        return new Evidence(
                call.body().optional("checkpoint", Evidence::checkpoints).orElse(List.of()),
                call.body().optional("publicKey", Evidence::keys).orElse(List.of()));
    }

    private static long number(Call call, String name) {
        return call.query(name, Fields::longNumber).orElseThrow(() -> new InvalidValueException(name, "must be given"));
    }

    private static List<String> texts(List<Hash> path) {
        return path.stream().map(Hash::toString).toList();
    }

    /**
     * The latest checkpoint, and what belongs to it.
     *
     * @param checkpoint as it was signed
     * @param origin the name of the log in it
     * @param origins the names that the log has had, the present one last
     */
    record CheckpointView(
            @Nullable String checkpoint,
            @Nullable String origin,
            @Nullable Long size,
            @Nullable String root,
            @Nullable Instant at,
            List<OriginView> origins,
            List<String> publicKeys,
            List<AnchorView> anchors) {

        static CheckpointView of(
                @Nullable KeptCheckpoint latest,
                LogOrigins origins,
                List<VerifierKey> keys,
                List<AnchorState> anchors) {
            List<OriginView> names = origins.all().stream()
                    .map(each -> new OriginView(each.name(), each.from()))
                    .toList();
            List<String> publicKeys = keys.stream().map(VerifierKey::toString).toList();
            List<AnchorView> places = anchors.stream().map(AnchorView::of).toList();
            if (latest == null) {
                return new CheckpointView(null, null, null, null, null, names, publicKeys, places);
            }
            Checkpoint checkpoint = latest.checkpoint().checkpoint();
            return new CheckpointView(
                    latest.checkpoint().toString(),
                    checkpoint.origin(),
                    checkpoint.size(),
                    checkpoint.root().toString(),
                    latest.at(),
                    names,
                    publicKeys,
                    places);
        }
    }

    /**
     * A name that the log has, or had.
     *
     * @param from how many events it had when it got the name
     */
    record OriginView(String name, long from) {}

    /**
     * How well the checkpoints of a signer get to a place.
     *
     * @param signer the id of the key that signs them, as it stands in its public key
     * @param size the size of the newest that got there
     * @param at when that was
     * @param failedAt since when it fails
     * @param failure why
     */
    record AnchorView(
            String name,
            String signer,
            long size,
            @Nullable Instant at,
            @Nullable Instant failedAt,
            @Nullable String failure) {

        static AnchorView of(AnchorState state) {
            return new AnchorView(
                    state.name(),
                    state.signer(),
                    state.size(),
                    state.at().orElse(null),
                    state.failedAt().orElse(null),
                    state.failedAt().map(since -> state.failure()).orElse(null));
        }
    }

    record InclusionProofView(long index, long size, String leafHash, String root, List<String> path) {
        static InclusionProofView of(ProvenEvent proven) {
            return new InclusionProofView(
                    proven.proof().index(),
                    proven.proof().size(),
                    proven.leaf().toString(),
                    proven.root().toString(),
                    texts(proven.proof().path()));
        }
    }

    record ConsistencyProofView(long from, long to, List<String> path) {
        static ConsistencyProofView of(ConsistencyProof proof) {
            return new ConsistencyProofView(proof.from(), proof.to(), texts(proof.path()));
        }
    }

    record VerificationView(
            Verification.Status status,
            long checked,
            @Nullable Long firstBad,
            String message,
            long beyond) {
        static VerificationView of(Verification found) {
            return new VerificationView(
                    found.status(), found.checked(), found.firstBad().orElse(null), found.message(), found.beyond());
        }
    }

    /**
     * What was cut off.
     *
     * @param first the index of the first event that was kept
     * @param removed how many events were cut off
     */
    record AuditCutResultView(long first, long removed) {}
}
