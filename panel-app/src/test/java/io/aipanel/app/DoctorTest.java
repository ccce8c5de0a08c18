package io.aipanel.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipanel.app.cli.Shell.Outcome;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.jobs.JobMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor finds wrong with three files, and that the exit code says so. */
class DoctorTest {

    @TempDir
    private Path directory;

    private Path data = Path.of("");
    private Commands commands = new Commands("", Path.of(""));

    @BeforeEach
    void aPanelWithSomeJobs() {
        data = directory.resolve("data");
        commands = new Commands("sqlite:" + data, directory);
        try (Panel panel = Panel.open(PanelOptions.of("sqlite:" + data).jobs(JobMode.OFF))) {
            panel.jobs().enqueue(Collections.nCopies(20, NewJob.of("work").payload("\"" + "x".repeat(2_000) + "\"")));
        }
    }

    @Test
    void aHealthyPanelHasNothingWrong() {
        Outcome outcome = commands.run("doctor");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("integrity", "audit.key is made by the first panel serve", "not signed yet")
                .doesNotContain("WRONG");
    }

    @Test
    void aLogThatWasSignedWithTheKeyThatIsThereIsWell() {
        for (int i = 0; i < 3; i++) {
            commands.json("audit", "record", "file.upload");
        }
        commands.json("audit", "checkpoint", "--new");

        Outcome outcome = commands.run("doctor");

        assertThat(outcome.exitCode()).as(outcome.out()).isZero();
        assertThat(outcome.out()).containsPattern("audit key +ok +.*audit.key, which is aipanel/.*\\+[0-9a-f]{8}");
        assertThat(outcome.out()).containsPattern("audit tree +ok +3 events, signed up to 3");
    }

    @Test
    void aKeyThatOthersCanReadIsWrong() throws IOException {
        commands.json("audit", "checkpoint", "--new");
        Files.setPosixFilePermissions(data.resolve("audit.key"), PosixFilePermissions.fromString("rw-r--r--"));

        assertWrong("audit key", "chmod 600 " + data.resolve("audit.key"));
    }

    @Test
    void aKeyThatIsGoneIsWrong() throws IOException {
        commands.json("audit", "checkpoint", "--new");
        Files.delete(data.resolve("audit.key"));

        assertWrong("audit key", "put the file back");
        assertThat(data.resolve("audit.key")).doesNotExist();
    }

    @Test
    void aKeyOfAnotherPanelIsWrong() throws IOException {
        commands.json("audit", "checkpoint", "--new");
        Path other = directory.resolve("other");
        new Commands("sqlite:" + other, directory).json("audit", "checkpoint", "--new");
        Files.copy(other.resolve("audit.key"), data.resolve("audit.key"), StandardCopyOption.REPLACE_EXISTING);

        assertWrong("audit key", "holds a key that has not signed this log");
    }

    @Test
    void aFileThatOthersCanReadIsWrong() throws IOException {
        Files.setPosixFilePermissions(data.resolve("panel.db"), PosixFilePermissions.fromString("rw-r--r--"));

        assertWrong("files", "chmod go= " + data.resolve("panel.db"));
    }

    @Test
    void aDamagedFileIsWrongAndLeftAsItIs() throws IOException {
        Path queue = data.resolve("queue.db");
        byte[] noise = new byte[8_192];
        new Random(7).nextBytes(noise);
        try (FileChannel channel = FileChannel.open(queue, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(noise), channel.size() - noise.length);
        }
        long size = Files.size(queue);

        assertWrong("integrity", "keep a copy");
        assertThat(Files.size(queue)).isEqualTo(size);
    }

    @Test
    void aFileThatIsNoDatabaseIsWrongAndLeftAsItIs() throws IOException {
        Path audit = data.resolve("audit.db");
        Files.writeString(audit, "not a database, but long enough to look like one: " + "x".repeat(5_000));
        byte[] before = Files.readAllBytes(audit);

        assertWrong("storage", "audit.db");
        assertThat(audit).hasBinaryContent(before);
    }

    private void assertWrong(String check, String told) {
        Outcome people = commands.run("doctor");
        assertThat(people.exitCode()).isEqualTo(3);
        assertThat(people.out().lines().filter(line -> line.contains("WRONG")))
                .anySatisfy(line -> assertThat(line).startsWith(check).contains(told));

        Outcome program = commands.run("doctor", "--json");
        assertThat(program.exitCode()).isEqualTo(3);
        JsonNode answer = Commands.document(program.out());
        assertThat(answer.get("healthy").asBoolean()).isFalse();
        assertThat(answer.get("checks"))
                .filteredOn(finding -> !finding.get("ok").asBoolean())
                .anySatisfy(finding -> {
                    assertThat(finding.get("name").asText()).isEqualTo(check);
                    assertThat(finding.get("problem").asText()).contains(told);
                });
    }
}
