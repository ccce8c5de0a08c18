package io.aipanel.ports.backup;

import static io.aipanel.ports.backup.BackupSamples.owner;
import static io.aipanel.ports.backup.BackupSamples.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.ports.storage.HostileTexts;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import io.aipanel.ports.storage.StoreName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is said about copies that are damaged, or are none. None of them makes the look at it fail, or changes it. */
public interface DamagedCopyContract extends StoreContract {

    /** Looks at a file that must have a problem. */
    private static void assertNoticed(StorageHarness harness, StoreName store, Path file, String damage) {
        CopyReport report = harness.provider().examine(store, file);
        assertThat(report.problems())
                .as("a copy of %s that %s is noticed", store, damage)
                .isNotEmpty()
                .as("it is said which file it is")
                .allMatch(problem -> problem.contains(file.toString()));
    }

    /** Looks at copies with other bytes in their place, which must be noticed and not changed. */
    private static void assertNoticed(StorageHarness harness, String damage, Damage... damages) throws IOException {
        try (Copies copies = Copies.of(harness)) {
            write(harness.storage(), owner(harness.storage()), "word");
            for (Map.Entry<StoreName, Path> copy : copies.copyAll().entrySet()) {
                byte[] sound = Files.readAllBytes(copy.getValue());
                for (Damage each : damages) {
                    byte[] damaged = each.of(sound.clone());
                    Files.write(copy.getValue(), damaged);

                    assertNoticed(harness, copy.getKey(), copy.getValue(), damage);
                    assertThat(Files.readAllBytes(copy.getValue()))
                            .as("looking at a damaged copy changes nothing")
                            .isEqualTo(damaged);
                }
            }
        }
    }

    @Test
    default void aCopyThatEndsTooEarlyIsNoticed() throws IOException {
        Random random = HostileTexts.random("aCopyThatEndsTooEarlyIsNoticed");
        Damage anywhere = content -> Arrays.copyOf(content, random.nextInt(1, content.length));
        try (StorageHarness harness = fresh()) {
            assertNoticed(
                    harness,
                    "ends too early",
                    content -> new byte[0],
                    content -> Arrays.copyOf(content, content.length - 1),
                    anywhere,
                    anywhere,
                    anywhere);
        }
    }

    @Test
    default void aFileOfSomethingElseIsNoticed() throws IOException {
        Random random = HostileTexts.random("aFileOfSomethingElseIsNoticed");
        try (StorageHarness harness = fresh()) {
            assertNoticed(
                    harness,
                    "is something else",
                    content -> "milk\nbread\n".repeat(1000).getBytes(StandardCharsets.UTF_8),
                    content -> {
                        random.nextBytes(content);
                        return content;
                    });
        }
    }

    @Test
    default void damageAtTheBeginningIsNoticed() throws IOException {
        try (StorageHarness harness = fresh()) {
            assertNoticed(harness, "has another first byte", content -> {
                content[0] ^= 1;
                return content;
            });
        }
    }

    @Test
    default void damageToTheWholeSecondHalfIsNoticed() throws IOException {
        try (StorageHarness harness = fresh()) {
            assertNoticed(harness, "has nothing in its second half", content -> {
                Arrays.fill(content, content.length / 2, content.length, (byte) 0);
                return content;
            });
        }
    }

    @Test
    default void noDamageMakesTheLookFail() throws IOException {
        Random random = HostileTexts.random("noDamageMakesTheLookFail");
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            write(harness.storage(), owner(harness.storage()), "word");
            for (Map.Entry<StoreName, Path> copy : copies.copyAll().entrySet()) {
                byte[] content = Files.readAllBytes(copy.getValue());
                for (int i = 0; i < 20; i++) {
                    byte[] damaged = content.clone();
                    for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                        damaged[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
                    }
                    Files.write(copy.getValue(), damaged);

                    assertThat(harness.provider()
                                    .examine(copy.getKey(), copy.getValue())
                                    .problems())
                            .as("whatever is said is said of the file")
                            .allMatch(
                                    problem -> problem.contains(copy.getValue().toString()));
                }
            }
        }
    }

    @Test
    default void aCopyOfAnotherStoreIsNoticed() {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            Map<StoreName, Path> files = copies.copyAll();
            for (StoreName wanted : StoreName.values()) {
                for (StoreName given : StoreName.values()) {
                    if (wanted != given) {
                        assertNoticed(harness, wanted, files.get(given), "is one of " + given);
                    }
                }
            }
        }
    }

    @Test
    default void aMissingFileAndADirectoryAreNoticed() throws IOException {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            Path directory = Files.createDirectory(copies.place("directory"));
            for (StoreName store : StoreName.values()) {
                assertNoticed(harness, store, copies.place("missing"), "is missing");
                assertNoticed(harness, store, directory, "is a directory");
            }
            assertThat(copies.place("missing"))
                    .as("looking for a file does not make it")
                    .doesNotExist();
        }
    }

    /** Turns what a copy holds into something else. */
    @FunctionalInterface
    interface Damage {
        byte[] of(byte[] content);
    }
}
