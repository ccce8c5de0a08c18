package io.aipanel.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipanel.app.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Backups at the command line, on every engine. */
interface BackupCommandContract {

    /** Commands on a storage that is empty at first. */
    Commands commands();

    /** Where commands run. */
    Path directory();

    @BeforeEach
    default void configure() throws IOException {
        configure("");
    }

    /** With further lines of configuration. */
    private void configure(String lines) throws IOException {
        Files.writeString(
                directory().resolve("panel.properties"), "audit.key=audit.key\nbackup.directory=backups\n" + lines);
    }

    @Test
    default void aBackupIsMadeListedAndChecked() {
        assertThat(commands().run("backup", "list").out()).contains("There are no backups yet");
        Outcome made = commands().run("backup", "create");
        assertThat(made.exitCode()).as(made.err()).isZero();
        String name = made.out().strip();
        assertThat(name).matches("[0-9]{8}T[0-9]{6}Z");
        assertThat(made.err())
                .contains(directory().resolve("backups").resolve(name).toString());

        assertThat(commands().run("backup", "list").out()).contains(name, "on-demand", "sound");
        Outcome checked = commands().run("backup", "verify", name);
        assertThat(checked.exitCode()).isZero();
        assertThat(checked.out()).startsWith(name + " is sound");
        JsonNode listed = commands().json("backup", "list").at("/items/0");
        assertThat(listed.path("name").asText()).isEqualTo(name);
        assertThat(listed.path("sound").asBoolean()).isTrue();
        assertThat(listed.path("stores")).hasSize(3);
        assertThat(listed.path("bytes").asLong()).isPositive();
        assertThat(listed.at("/verified/passed").asBoolean()).isTrue();
    }

    @Test
    default void whatIsWrongIsSaidWithExitCodeThree() throws IOException {
        String name = commands().run("backup", "create").out().strip();
        Path manifest = directory().resolve("backups").resolve(name).resolve("manifest.json");
        Files.writeString(manifest, " ", StandardOpenOption.APPEND);

        Outcome checked = commands().run("backup", "verify", name);

        assertThat(checked.exitCode()).isEqualTo(3);
        assertThat(checked.out()).contains(name + " is not sound:", "manifest.json was changed after it was written");
        assertThat(commands().run("backup", "list").out()).contains("unreadable");
    }

    @Test
    default void aMethodThatThereIsNotIsRefused() {
        Outcome refused = commands().run("backup", "create", "--method", "quick");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("method must be online or checkpoint");
    }

    @Test
    default void itGoesWhereItIsWanted() {
        String name =
                commands().run("backup", "create", "--to", "elsewhere").out().strip();

        assertThat(directory().resolve("elsewhere").resolve(name).resolve("manifest.json"))
                .exists();
        assertThat(commands().run("backup", "list").out()).contains("There are no backups yet");
    }

    @Test
    default void anEncryptedOneIsMadeCopiedAndChecked() throws IOException {
        Outcome key = commands().run("backup", "key", "backup.key");
        assertThat(key.exitCode()).as(key.err()).isZero();
        assertThat(key.out().strip()).matches("[0-9a-f]{16}");
        assertThat(commands().run("backup", "key", "backup.key").exitCode()).isEqualTo(2);
        Files.createDirectory(directory().resolve("second"));
        configure("""
                backup.encryption.key-file=backup.key
                backup.compression=zstd
                backup.scratch.directory=scratch
                backup.copy.directory=second
                """);

        Outcome made = commands().run("backup", "create");

        assertThat(made.exitCode()).as(made.err()).isZero();
        String name = made.out().strip();
        assertThat(commands().run("backup", "list").out()).contains(name, "zstd encrypted");
        assertThat(commands().run("backup", "list", "--copies").out()).contains(name, "sound");
        assertThat(commands().run("backup", "copy").out()).contains("There is nothing to copy");
        Outcome checked = commands().run("backup", "verify", name);
        assertThat(checked.exitCode()).as(checked.out() + checked.err()).isZero();
        JsonNode listed = commands().json("backup", "list").at("/items/0");
        assertThat(listed.path("keyId").asText()).isEqualTo(key.out().strip());
        assertThat(listed.path("storedBytes").asLong())
                .isPositive()
                .isLessThan(listed.path("bytes").asLong());
    }

    @Test
    default void aKeyThatOthersMayReadIsRefusedAndTheDoctorSaysSo() throws IOException {
        commands().run("backup", "key", "backup.key");
        Files.setPosixFilePermissions(directory().resolve("backup.key"), PosixFilePermissions.fromString("rw-r--r--"));
        configure("backup.encryption.key-file=backup.key\nbackup.scratch.directory=scratch\n");

        Outcome refused = commands().run("backup", "create");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("backup.encryption.key-file", "is open to others", "chmod 600");
        Outcome doctor = commands().run("doctor");
        assertThat(doctor.exitCode()).isEqualTo(3);
        assertThat(doctor.out()).containsPattern("backup form +WRONG +.*is open to others");
    }

    @Test
    default void whatCannotBeCopiedIsMadeAndSaid() throws IOException {
        configure("backup.copy.directory=second\n");

        Outcome made = commands().run("backup", "create");

        assertThat(made.exitCode()).isEqualTo(1);
        assertThat(made.err()).contains("not all have a copy", directory().resolve("second") + " is not there");
        assertThat(commands().run("backup", "list").out()).contains("sound");
        Outcome doctor = commands().run("doctor");
        assertThat(doctor.exitCode()).isEqualTo(3);
        assertThat(doctor.out()).containsPattern("backup copies +WRONG +.*is not there");
    }

    @Test
    default void oldOnesAreRemoved() {
        String first;
        String second = commands().run("backup", "create").out().strip();
        do {
            first = second;
            second = commands().run("backup", "create").out().strip();
            // One day's backups are about it, and it may be midnight.
        } while (!first.regionMatches(0, second, 0, "20261123".length()));

        assertThat(commands().run("backup", "prune").out()).contains("Removed", first);
        assertThat(directory().resolve("backups").resolve(first)).doesNotExist();
        assertThat(directory().resolve("backups").resolve(second)).exists();
        assertThat(commands().run("backup", "prune").out()).contains("There is nothing to remove");
    }

    @Test
    default void whatThereIsNotIsSaid() {
        Outcome none = commands().run("backup", "verify", "20200101T000000Z");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("there is no backup 20200101T000000Z");
        Outcome nonsense = commands().run("backup", "verify", "../data");
        assertThat(nonsense.exitCode()).isEqualTo(2);
        assertThat(nonsense.err()).contains("must be a backup's name");
    }
}
