package io.aipanel.service.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.backup.BackupMethod;
import io.aipanel.domain.backup.BackupName;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.service.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The manifest as JSON. Its last member is a digest of itself: the SHA-256 of all lines before the one that holds it, so that
 * {@code sed '/"digest"/,$d' manifest.json | sha256sum} finds the same.
 */
final class ManifestText {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final String DIGEST = "  \"digest\" : \"";

    private ManifestText() {}

    static String write(Manifest manifest) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("format", Manifest.FORMAT);
        tree.put("name", manifest.name().value());
        tree.put("panelVersion", manifest.panelVersion());
        tree.put("engine", manifest.engine());
        tree.put("at", manifest.at().toString());
        tree.put("trigger", manifest.trigger().wireName());
        tree.put("method", manifest.method().wireName());
        tree.put("compression", manifest.packing().compression().wireName());
        manifest.packing().seal().ifPresent(seal -> tree.put("encryption", tree(seal)));
        tree.put("stores", manifest.stores().stream().map(ManifestText::tree).toList());
        tree.put("audit", tree(manifest.audit()));
        try {
            String json = MAPPER.writeValueAsString(tree);
            String head = json.substring(0, json.lastIndexOf('}')).stripTrailing() + ",\n";
            return head + DIGEST + Digests.of(head) + "\"\n}\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON", e);
        }
    }

    private static Map<String, Object> tree(ArchivedStore store) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("store", store.store().wireName());
        tree.put("file", store.file());
        tree.put("bytes", store.bytes());
        tree.put("sha256", store.sha256());
        tree.put("pages", store.pages());
        tree.put("schemaVersion", store.schemaVersion());
        tree.put("rows", store.rows());
        tree.put("stored", tree(store.stored()));
        return tree;
    }

    private static Map<String, Object> tree(StoredFile stored) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("file", stored.name());
        tree.put("bytes", stored.bytes());
        tree.put("sha256", stored.sha256());
        return tree;
    }

    private static Map<String, Object> tree(Seal seal) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("algorithm", Seal.ALGORITHM);
        tree.put("keyId", seal.keyId());
        seal.passphrase().ifPresent(stretching -> tree.put("passphrase", tree(stretching)));
        return tree;
    }

    private static Map<String, Object> tree(Stretching stretching) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("function", Stretching.FUNCTION);
        tree.put("memoryKib", stretching.memoryKib());
        tree.put("passes", stretching.passes());
        tree.put("lanes", stretching.lanes());
        tree.put("salt", stretching.salt());
        return tree;
    }

    private static Map<String, Object> tree(ArchivedLog log) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("size", log.size());
        tree.put("root", log.root().toString());
        log.checkpoint().ifPresent(checkpoint -> tree.put("checkpoint", checkpoint.toString()));
        return tree;
    }

    /**
     * Reads a manifest.
     *
     * @throws InvalidValueException ({@code manifest.json}) if it is none, or not as it was written
     */
    static Manifest read(String text) {
        JsonNode tree = parse(text);
        int format = member(tree, "format").asInt();
        if (format != Manifest.FORMAT && format != Manifest.PLAIN_FORMAT) {
            throw refused("has the form " + member(tree, "format").asText() + ", and this program knows only "
                    + Manifest.PLAIN_FORMAT + " to " + Manifest.FORMAT
                    + ": use the program that made it, or a newer one");
        }
        requireDigest(text);
        try {
            boolean isPlain = format == Manifest.PLAIN_FORMAT;
            List<ArchivedStore> stores = new ArrayList<>();
            member(tree, "stores")
                    .forEach(store -> stores.add(store(store, isPlain ? store : member(store, "stored"))));
            return new Manifest(
                    new BackupName(text(tree, "name")),
                    text(tree, "panelVersion"),
                    text(tree, "engine"),
                    Instant.parse(text(tree, "at")),
                    BackupTrigger.ofWireName(text(tree, "trigger")),
                    isPlain ? BackupMethod.ONLINE : BackupMethod.ofWireName(text(tree, "method")),
                    isPlain ? Packing.PLAIN : packing(tree),
                    stores,
                    log(member(tree, "audit")));
        } catch (InvalidValueException e) {
            throw e.field().equals("manifest.json") ? e : refused("is no manifest: " + e.getMessage());
        } catch (DateTimeException e) {
            throw refused("is no manifest: its time cannot be read");
        }
    }

    private static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw refused("is no JSON (" + Json.reason(e) + ")");
        }
    }

    private static void requireDigest(String text) {
        int at = text.indexOf("\n" + DIGEST) + 1;
        if (at == 0 || !text.equals(text.substring(0, at) + DIGEST + Digests.of(text.substring(0, at)) + "\"\n}\n")) {
            throw refused("was changed after it was written: its digest is another");
        }
    }

    private static Packing packing(JsonNode tree) {
        return new Packing(
                Compression.ofWireName(text(tree, "compression")),
                Optional.ofNullable(tree.get("encryption")).map(ManifestText::seal));
    }

    private static Seal seal(JsonNode tree) {
        requireKnown(text(tree, "algorithm"), Seal.ALGORITHM);
        return new Seal(
                text(tree, "keyId"), Optional.ofNullable(tree.get("passphrase")).map(ManifestText::stretching));
    }

    private static Stretching stretching(JsonNode tree) {
        requireKnown(text(tree, "function"), Stretching.FUNCTION);
        return new Stretching(
                member(tree, "memoryKib").asInt(),
                member(tree, "passes").asInt(),
                member(tree, "lanes").asInt(),
                text(tree, "salt"));
    }

    private static void requireKnown(String name, String known) {
        if (!name.equals(known)) {
            throw refused("says that it is encrypted with " + name + ", and this program knows only " + known
                    + ": use the program that made it, or a newer one");
        }
    }

    /** @param stored the part with the file that holds it */
    private static ArchivedStore store(JsonNode tree, JsonNode stored) {
        String name = text(tree, "store");
        Map<String, Long> rows = new LinkedHashMap<>();
        member(tree, "rows")
                .properties()
                .forEach(entry -> rows.put(entry.getKey(), entry.getValue().asLong()));
        return new ArchivedStore(
                Arrays.stream(StoreName.values())
                        .filter(store -> store.wireName().equals(name))
                        .findFirst()
                        .orElseThrow(() -> refused("names a store that there is not: " + name)),
                fileName(text(tree, "file")),
                member(tree, "bytes").asLong(),
                text(tree, "sha256"),
                member(tree, "pages").asLong(),
                text(tree, "schemaVersion"),
                rows,
                new StoredFile(
                        fileName(text(stored, "file")), member(stored, "bytes").asLong(), text(stored, "sha256")));
    }

    /** A name, and no way out of the archive's directory. */
    private static String fileName(String name) {
        if (!name.matches("[a-z]+(\\.[a-z]+){1,3}")) {
            throw refused("names a file that cannot be one of an archive");
        }
        return name;
    }

    private static ArchivedLog log(JsonNode tree) {
        return new ArchivedLog(
                member(tree, "size").asLong(),
                Hash.parse("root", text(tree, "root")),
                Optional.ofNullable(tree.get("checkpoint")).map(note -> SignedCheckpoint.parse(note.asText())));
    }

    private static String text(JsonNode tree, String name) {
        return member(tree, name).asText();
    }

    private static JsonNode member(JsonNode tree, String name) {
        JsonNode member = tree.get(name);
        if (member == null) {
            throw refused("is no manifest: it has no " + name);
        }
        return member;
    }

    private static InvalidValueException refused(String why) {
        return new InvalidValueException("manifest.json", why);
    }
}
