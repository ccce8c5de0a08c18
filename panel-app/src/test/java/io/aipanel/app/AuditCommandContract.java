package io.aipanel.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipanel.app.cli.Shell.Outcome;
import io.aipanel.ports.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proving the audit log at the command line, on every engine. */
interface AuditCommandContract {

    /** Commands on a storage that is empty at first. */
    Commands commands();

    /** Where commands run. */
    Path directory();

    @BeforeEach
    default void configure() throws IOException {
        Files.writeString(
                directory().resolve("panel.properties"),
                "audit.key=audit.key\naudit.origin=test/log\naudit.anchor.file=anchored\n");
    }

    @Test
    default void beforeAnythingWasSignedThereIsNoCheckpoint() {
        Outcome outcome = commands().run("audit", "checkpoint");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("nothing was signed yet");
        assertThat(commands().json("audit", "checkpoint").get("checkpoint").isNull())
                .isTrue();
        assertThat(directory().resolve("audit.key")).doesNotExist();
    }

    @Test
    default void aCheckpointThatWasKeptElsewhereProvesTheLog() throws IOException {
        record(3);
        Outcome signed = commands().run("audit", "checkpoint", "--new");
        assertThat(signed.exitCode()).isZero();
        assertThat(signed.out()).startsWith("test/log\n3\n");
        assertThat(signed.err()).contains("public key: test/log+", "anchored has the checkpoint over 3 events since");
        assertThat(Files.readString(directory().resolve("anchored"))).isEqualTo(signed.out());
        record(2);
        assertThat(commands().run("audit", "checkpoint").out()).isEqualTo(signed.out());
        commands().run("audit", "checkpoint", "--new");
        keep("public-key", commands().run("audit", "checkpoint", "--keys").out());

        JsonNode found = commands().json("audit", "verify", "--checkpoint", "anchored", "--public-key", "public-key");
        assertThat(found.get("status").asText()).isEqualTo("intact");
        assertThat(found.get("checked").asLong()).isEqualTo(5);
        assertThat(found.get("beyond").asLong()).isEqualTo(5);
        assertThat(found.get("firstBad").isNull()).isTrue();
        Outcome shown = commands().run("audit", "verify");
        assertThat(shown.exitCode()).isZero();
        assertThat(shown.out()).startsWith("intact: consistent in itself, 5 events checked");

        keep("changed", signed.out().replace("\n3\n", "\n4\n"));
        Outcome broken = commands().run("audit", "verify", "--checkpoint", "changed", "--public-key", "public-key");
        assertThat(broken.exitCode()).isEqualTo(3);
        assertThat(broken.out()).startsWith("broken: the checkpoint over 4 events");
        keep("changed", "what is this?");
        assertThat(commands().run("audit", "verify", "--checkpoint", "changed").exitCode())
                .isEqualTo(2);
    }

    @Test
    default void aPlaceThatIsNoLongerConfiguredCanBeForgotten() {
        record(1);
        JsonNode anchors = commands().json("audit", "checkpoint", "--new").get("anchors");
        assertThat(anchors).hasSize(1);
        String name = anchors.get(0).get("name").asText();
        assertThat(name).startsWith("file:/").endsWith("/anchored");

        assertThat(commands().json("audit", "checkpoint", "--forget", name).get("anchors"))
                .isEmpty();
    }

    @Test
    default void aLogThatGoesOnUnderAnotherNameSaysSo() throws IOException {
        record(2);
        commands().run("audit", "checkpoint", "--new");
        keep("public-key", commands().run("audit", "checkpoint", "--keys").out());
        try (Storage storage = commands().open()) {
            storage.checkpoints().beginOrigin("test/log/restored");
        }
        record(1);

        Outcome signed = commands().run("audit", "checkpoint", "--new");
        assertThat(signed.out()).startsWith("test/log/restored\n3\n");
        assertThat(signed.err())
                .contains("called test/log/restored since it was restored from a backup that held 2 events");
        assertThat(commands().json("audit", "checkpoint").at("/origins/1/from").asLong())
                .isEqualTo(2);
        Outcome former = commands().run("audit", "verify", "--checkpoint", "anchored", "--public-key", "public-key");
        assertThat(former.exitCode()).isZero();
        assertThat(former.out())
                .startsWith("intact: consistent in itself, 3 events checked (restored from a backup that held 2 events")
                .contains("counts only if the key is given under that name, too: test/log/restored+");
        keep("public-key", commands().run("audit", "checkpoint", "--keys").out());
        Outcome intact = commands().run("audit", "verify", "--checkpoint", "anchored", "--public-key", "public-key");
        assertThat(intact.exitCode()).isZero();
        assertThat(intact.out()).startsWith("intact: ").contains("not verifiable beyond 3");
    }

    @Test
    default void whatCannotBeProvenIsSaidToBeSo() throws IOException {
        record(2);
        Outcome unproven = commands().run("audit", "verify");
        assertThat(unproven.exitCode()).isZero();
        assertThat(unproven.out()).startsWith("not-verifiable: consistent in itself, 2 events checked");

        commands().run("audit", "checkpoint", "--new");
        keep("public-key", commands().run("audit", "checkpoint", "--keys").out());
        keep("checkpoint", commands().run("audit", "checkpoint").out());
        commands().run("audit", "cut", "--below", "2", "--yes");
        record(1);
        commands().run("audit", "cut", "--below", "4", "--yes");
        Outcome useless = commands().run("audit", "verify", "--checkpoint", "checkpoint", "--public-key", "public-key");
        assertThat(useless.exitCode()).isEqualTo(3);
        assertThat(useless.out()).contains("is from before the cut at 4");
    }

    @Test
    default void proofsAreShownForPeopleAndPrograms() {
        record(5);
        commands().run("audit", "checkpoint", "--new");

        JsonNode proof = commands().json("audit", "proof", "2");
        assertThat(proof.get("size").asLong()).isEqualTo(5);
        assertThat(proof.get("path")).hasSize(3);
        assertThat(proof.get("root").asText())
                .isEqualTo(commands().json("audit", "checkpoint").get("root").asText());
        assertThat(commands().run("audit", "proof", "2", "--size", "3").out())
                .contains("index 2\n", "size  3\n", "leaf  ", "path  ", "root  ");
        assertThat(commands().json("audit", "consistency", "3", "5").get("path"))
                .isNotEmpty();
        assertThat(commands().run("audit", "consistency", "3", "5").out()).startsWith("from  3\nto    5\npath  ");
        Outcome outside = commands().run("audit", "proof", "5");
        assertThat(outside.exitCode()).isEqualTo(2);
        assertThat(outside.err()).contains("index must be 0 to 4 in this log (it is 5)");
    }

    @Test
    default void theBeginningIsCutOffAndTheRestProvesItself() {
        record(4);
        Outcome cut = commands().run("audit", "cut", "--below", "3", "--yes");
        assertThat(cut.out()).isEqualTo("Cut off 3 events; the log begins at 3 now.\n");
        assertThat(commands().run("audit", "cut", "--below", "3", "-y").out())
                .isEqualTo("There was nothing to cut off below 3.\n");
        JsonNode again = commands().json("audit", "cut", "--before", "2026-01-01T00:00:00Z", "--yes");
        assertThat(again.get("first").asLong()).isEqualTo(3);
        assertThat(again.get("removed").asLong()).isZero();

        JsonNode left = commands().json("audit", "list").get("items");
        assertThat(List.of(
                        left.get(0).get("action").asText(),
                        left.get(1).get("action").asText()))
                .containsExactly("audit.cut", "disk.copy");
        assertThat(left).hasSize(2);
        assertThat(commands().json("audit", "verify").get("checked").asLong()).isEqualTo(2);
        assertThat(commands()
                        .run("audit", "cut", "--before", "2099-01-01T00:00:00Z", "--yes")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    default void anExportProvesTheLogWithoutAStorage() throws IOException {
        record(4);
        commands().run("audit", "cut", "--below", "1", "--yes");
        commands().run("audit", "checkpoint", "--new");
        keep("checkpoint", commands().run("audit", "checkpoint").out());
        keep("public-key", commands().run("audit", "checkpoint", "--keys").out());
        record(1);
        Outcome export = commands().run("audit", "export");
        assertThat(export.exitCode()).isZero();
        assertThat(export.err()).isEmpty();
        String[] check = {"audit", "verify", "--stdin", "--checkpoint", "checkpoint", "--public-key", "public-key"};

        Outcome intact = commands().plain(export.out(), Map.of(), check);
        assertThat(intact.exitCode()).isZero();
        assertThat(intact.out())
                .startsWith("intact: consistent in itself, 5 events checked")
                .isEqualTo(commands()
                        .run("audit", "verify", "--checkpoint", "checkpoint", "--public-key", "public-key")
                        .out());
        assertThat(commands().jsonWith(export.out(), check).get("beyond").asLong())
                .isEqualTo(5);
        Outcome alone = commands().plain(export.out(), Map.of(), "audit", "verify", "--stdin");
        assertThat(alone.exitCode()).isZero();
        assertThat(alone.out()).startsWith("intact: ").contains("with this panel's own key");

        Outcome broken = commands().plain(export.out().replace("{\"index\":2,", "{\"index\":7,"), Map.of(), check);
        assertThat(broken.exitCode()).isEqualTo(3);
        assertThat(broken.out()).isEqualTo("broken: events 2 to 5 are missing (1 event checked)\n");
        Outcome garbled = commands().plain(export.out().replace("{\"index\":2,", "oops"), Map.of(), check);
        assertThat(garbled.exitCode()).isEqualTo(3);
        assertThat(garbled.out())
                .startsWith("broken: the export was changed or cut short: line 3 is not JSON")
                .endsWith(" (1 event checked)\n");
        Outcome nothing = commands().plain("", Map.of(), check);
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.err()).contains("export is empty: it must be what panel audit export writes, as NDJSON");
    }

    @Test
    default void aPartOfTheLogCannotBeVerified() throws IOException {
        record(2);
        commands().run("audit", "checkpoint", "--new");
        keep("public-key", commands().run("audit", "checkpoint", "--keys").out());

        Outcome some = commands().run("audit", "export", "--action", "disk.");
        assertThat(some.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"index\":"));
        Outcome found =
                commands().plain(some.out(), Map.of(), "audit", "verify", "--stdin", "--public-key", "public-key");
        assertThat(found.exitCode()).isEqualTo(3);
        assertThat(found.out()).startsWith("not-verifiable: 0 events checked, because");
    }

    @Test
    default void anExportIsWrittenToAFileForItsOwnerThatIsNotOverwritten() throws IOException {
        record(3);
        String[] export = {"audit", "export", "--format", "csv", "--newest-first", "--output", "events.csv"};

        assertThat(commands().run(export).out()).isEqualTo("Exported 3 events to events.csv.\n");
        Path file = directory().resolve("events.csv");
        assertThat(Files.readString(file))
                .startsWith("index,at,actor,action,target,outcome,address,requestId,details\r\n2,")
                .endsWith(",disk.copy,,success,,,\"{}\"\r\n");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));

        record(1);
        Outcome refused = commands().run(export);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("--output events.csv is there already: name another file, or add --overwrite");
        assertThat(Files.readAllLines(file)).hasSize(4);
        JsonNode answer =
                commands().json("audit", "export", "--format", "csv", "--output", "events.csv", "--overwrite");
        assertThat(answer.get("events").asLong()).isEqualTo(4);
        assertThat(answer.get("file").asText()).isEqualTo("events.csv");
        assertThat(Files.readAllLines(file)).hasSize(5);
        Outcome nowhere = commands().run("audit", "export", "--output", "nowhere/events");
        assertThat(nowhere.exitCode()).isEqualTo(1);
        assertThat(nowhere.err()).contains("--output nowhere/events cannot be written: its directory is not there");
        try (Stream<Path> files = Files.list(directory())) {
            assertThat(files).noneMatch(left -> left.toString().endsWith(".part"));
        }
    }

    private void record(int number) {
        for (int i = 0; i < number; i++) {
            assertThat(commands().run("audit", "record", "disk.copy").exitCode())
                    .isZero();
        }
    }

    private void keep(String name, String text) throws IOException {
        Files.writeString(directory().resolve(name), text);
    }
}
