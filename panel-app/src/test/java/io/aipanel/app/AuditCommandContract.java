package io.aipanel.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipanel.app.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
