package io.aipanel.service.audit;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.Timestamps;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.LogOrigin;
import io.aipanel.domain.audit.LogOrigins;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.domain.audit.TreeNode;
import io.aipanel.domain.audit.VerifierKey;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what {@link NdjsonSink} has written, and somebody may have changed. Nothing is read over: a field that no such line
 * has, or that comes twice, would be shown to people and not to a check.
 */
final class ExportLines {

    /** What the first line says; another number would mean other lines. */
    static final String FORMAT = "panel-audit-export/1";

    private ExportLines() {}

    /**
     * Reads a line.
     *
     * @throws InvalidValueException if it is none. An event that is none is one that cannot be read, as long as it has an
     *     index
     */
    static ExportLine read(String line) {
        ExportFields fields = ExportFields.read(line);
        if (fields.has("index")) {
            return new ExportLine.Event(event(fields));
        }
        if (fields.has("node")) {
            return new ExportLine.Node(node(fields));
        }
        if (fields.has("checkpoint")) {
            fields.requireOnly("checkpoint");
            return new ExportLine.Signed(SignedCheckpoint.parse(fields.text("checkpoint")));
        }
        if (fields.has("format")) {
            return head(fields);
        }
        throw new InvalidValueException("line", "is nothing that an export has: no event, for example");
    }

    private static ExportLine.Head head(ExportFields fields) {
        fields.requireOnly("format", "origin", "origins", "first", "cut", "size", "peaks", "publicKeys");
        if (!fields.text("format").equals(FORMAT)) {
            throw new InvalidValueException("format", "must be " + FORMAT);
        }
        Peaks cut = peaks(fields, "first", "cut");
        Peaks all = peaks(fields, "size", "peaks");
        if (cut.size() > all.size()) {
            throw new InvalidValueException("first", "must not be above size");
        }
        List<VerifierKey> keys =
                fields.texts("publicKeys").stream().map(VerifierKey::parse).toList();
        return new ExportLine.Head(origins(fields), new LogTree(all, cut), keys);
    }

    /** All are told only if there was more than one. */
    private static LogOrigins origins(ExportFields fields) {
        Optional<String> present = fields.optionalText("origin");
        if (!fields.has("origins")) {
            return present.map(LogOrigins::of).orElse(LogOrigins.NONE);
        }
        List<LogOrigin> all = new ArrayList<>();
        for (ExportFields origin : fields.objects("origins")) {
            origin.requireOnly("name", "from");
            all.add(new LogOrigin(origin.text("name"), origin.number("from")));
        }
        LogOrigins origins = new LogOrigins(all);
        if (!origins.current().map(LogOrigin::name).equals(present)) {
            throw new InvalidValueException("origin", "must be the last of origins");
        }
        return origins;
    }

    private static Peaks peaks(ExportFields fields, String size, String hashes) {
        List<Hash> all = fields.texts(hashes).stream()
                .map(hash -> Hash.parse(hashes, hash))
                .toList();
        long leaves = fields.number(size);
        if (leaves < 0 || Long.bitCount(leaves) != all.size()) {
            throw new InvalidValueException(
                    hashes, "must be the peaks of a tree of as many events as " + size + " says");
        }
        return new Peaks(leaves, all);
    }

    private static TreeNode node(ExportFields fields) {
        fields.requireOnly("height", "node", "hash");
        long height = fields.number("height");
        long index = fields.number("node");
        if (height < TreeNode.KEPT_FROM || height > 62 || index < 0 || index >= Long.MAX_VALUE >> height) {
            throw new InvalidValueException(
                    "node", "must be within a tree, and at a height from " + TreeNode.KEPT_FROM);
        }
        return new TreeNode((int) height, index, Hash.parse("hash", fields.text("hash")));
    }

    private static StoredEvent event(ExportFields fields) {
        long index = fields.number("index");
        if (index < 0) {
            throw new InvalidValueException("index", "must not be negative");
        }
        try {
            fields.requireOnly(
                    "index",
                    "at",
                    "actor",
                    "action",
                    "target",
                    "outcome",
                    "address",
                    "requestId",
                    "details",
                    "detailsText");
            return StoredEvent.of(
                    index,
                    new NewAuditEvent(
                            time(fields.text("at")),
                            fields.text("actor"),
                            fields.text("action"),
                            fields.text("target"),
                            outcome(fields.text("outcome")),
                            fields.optionalText("address"),
                            fields.optionalText("requestId"),
                            details(fields)));
        } catch (InvalidValueException e) {
            return StoredEvent.unreadable(index, String.valueOf(e.getMessage()));
        }
    }

    /** What comes after the microseconds would not be in what is compared. */
    private static Instant time(String text) {
        try {
            Instant time = Instant.parse(text);
            if (!Timestamps.micros("at", time).equals(time)) {
                throw new InvalidValueException("at", "must be a whole number of microseconds");
            }
            return time;
        } catch (DateTimeParseException e) {
            throw new InvalidValueException("at", "must be a time such as 2026-01-02T03:04:05.678901Z");
        }
    }

    private static AuditOutcome outcome(String word) {
        return switch (word) {
            case "success" -> AuditOutcome.SUCCESS;
            case "refused" -> AuditOutcome.REFUSED;
            case "failure" -> AuditOutcome.FAILURE;
            default -> throw new InvalidValueException("outcome", "must be success, refused or failure");
        };
    }

    private static JsonText details(ExportFields fields) {
        if (fields.has("details") == fields.has("detailsText")) {
            throw new InvalidValueException("details", "or detailsText must be there, and not both");
        }
        return new JsonText(fields.has("details") ? fields.text("details") : fields.text("detailsText"));
    }
}
