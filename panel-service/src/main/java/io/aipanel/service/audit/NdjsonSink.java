package io.aipanel.service.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.LogOrigin;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.domain.audit.TreeNode;
import io.aipanel.domain.audit.VerifierKey;
import io.aipanel.service.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes every line as a JSON object; {@link ExportLines} reads them. */
final class NdjsonSink implements ExportSink {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator out;

    NdjsonSink(OutputStream out) throws IOException {
        this.out = JSON.createGenerator(out);
        // Each line has its own end, not only those that another follows.
        this.out.setRootValueSeparator(new SerializedString(""));
    }

    @Override
    public void write(ExportLine line) throws IOException {
        out.writeStartObject();
        if (line instanceof ExportLine.Head head) {
            head(head);
        } else if (line instanceof ExportLine.Event event) {
            event(event.stored());
        } else if (line instanceof ExportLine.Node node) {
            node(node.node());
        } else if (line instanceof ExportLine.Signed signed) {
            out.writeStringField("checkpoint", signed.checkpoint().toString());
        }
        out.writeEndObject();
        out.writeRaw('\n');
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    private void head(ExportLine.Head head) throws IOException {
        LogTree tree = head.tree();
        out.writeStringField("format", ExportLines.FORMAT);
        List<LogOrigin> origins = head.origins().all();
        text("origin", head.origins().current().map(LogOrigin::name));
        // What most logs have had is said already.
        if (origins.size() > 1) {
            origins(origins);
        }
        out.writeNumberField("first", tree.first());
        texts("cut", tree.cut().hashes().stream().map(Hash::toString).toList());
        out.writeNumberField("size", tree.size());
        texts("peaks", tree.peaks().hashes().stream().map(Hash::toString).toList());
        texts("publicKeys", head.keys().stream().map(VerifierKey::toString).toList());
    }

    private void origins(List<LogOrigin> origins) throws IOException {
        out.writeArrayFieldStart("origins");
        for (LogOrigin origin : origins) {
            out.writeStartObject();
            out.writeStringField("name", origin.name());
            out.writeNumberField("from", origin.from());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void event(StoredEvent stored) throws IOException {
        NewAuditEvent event = stored.event().orElseThrow();
        out.writeNumberField("index", stored.index());
        out.writeStringField("at", event.at().toString());
        out.writeStringField("actor", event.actor());
        out.writeStringField("action", event.action());
        out.writeStringField("target", event.target());
        out.writeStringField("outcome", event.outcome().name().toLowerCase(Locale.ROOT));
        text("address", event.address());
        text("requestId", event.requestId());
        details(event.details());
    }

    /** What is hashed is the text, and not all of it would come through as a part of the line. */
    private void details(JsonText details) throws IOException {
        if (isKeptToTheLetter(details)) {
            out.writeFieldName("details");
            out.writeRawValue(details.value());
        } else {
            out.writeStringField("detailsText", details.value());
        }
    }

    private static boolean isKeptToTheLetter(JsonText details) {
        String text = details.value();
        boolean onOneLine = text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
        if (!onOneLine || !text.equals(text.strip())) {
            return false;
        }
        try {
            Json.requireValid("details", details);
            return true;
        } catch (InvalidValueException changedByOtherMeans) {
            return false;
        }
    }

    private void node(TreeNode node) throws IOException {
        out.writeNumberField("height", node.height());
        out.writeNumberField("node", node.index());
        out.writeStringField("hash", node.hash().toString());
    }

    private void text(String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            out.writeStringField(name, value.get());
        } else {
            out.writeNullField(name);
        }
    }

    private void texts(String name, List<String> values) throws IOException {
        out.writeArrayFieldStart(name);
        for (String value : values) {
            out.writeString(value);
        }
        out.writeEndArray();
    }
}
