package io.aipanel.ports.audit;

import static io.aipanel.ports.audit.AuditSamples.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.audit.AnchorState;
import io.aipanel.domain.audit.Checkpoint;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.KeptCheckpoint;
import io.aipanel.domain.audit.LogOrigin;
import io.aipanel.domain.audit.LogOrigins;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.audit.VerifierKey;
import io.aipanel.ports.storage.AlreadyExists;
import io.aipanel.ports.storage.Paging;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is kept to prove the log. */
public interface CheckpointContract extends StoreContract {

    /** Two public keys of one name. */
    VerifierKey ANNA = VerifierKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");

    /** Another public key. */
    VerifierKey EVE = VerifierKey.parse("EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop");

    @Test
    default void aLogIsNamedOnce() {
        try (StorageHarness harness = fresh();
                Storage another = harness.openAnother(UnaryOperator.identity())) {
            List<String> names = Race.answers(Race.of(
                    8,
                    racer -> () -> (racer % 2 == 0 ? harness.storage() : another)
                            .checkpoints()
                            .origin("example.org/" + racer)));

            assertThat(new HashSet<>(names)).as("a log has one name").hasSize(1);
            assertThat(another.checkpoints().origin("example.org/other"))
                    .as("it stays")
                    .isEqualTo(names.get(0));
        }
    }

    @Test
    default void aLogThatWasRestoredGoesOnUnderAnotherName() {
        try (StorageHarness harness = fresh()) {
            CheckpointRepository checkpoints = harness.storage().checkpoints();
            assertThat(checkpoints.origins()).as("it has no name at first").isEqualTo(LogOrigins.NONE);
            checkpoints.origin("example.org/first");
            append(harness.storage(), 3);

            LogOrigin second = checkpoints.beginOrigin("example.org/second");

            assertThat(second)
                    .as("a name begins at the size that the log has")
                    .isEqualTo(new LogOrigin("example.org/second", 3));
            assertThat(checkpoints.origin("example.org/other"))
                    .as("the name from now on")
                    .isEqualTo("example.org/second");
            LogOrigin third = checkpoints.beginOrigin("example.org/third");
            append(harness.storage(), 2);
            LogOrigin fourth = checkpoints.beginOrigin("example.org/fourth");
            assertThat(checkpoints.origins().all())
                    .as("all names, the first one first")
                    .containsExactly(new LogOrigin("example.org/first", 0), second, third, fourth);
            assertThat(fourth.from()).isEqualTo(5);
            assertThat(harness.storage().check()).isEmpty();
        }
    }

    @Test
    default void aLogNeverHasANameAgain() {
        try (StorageHarness harness = fresh()) {
            CheckpointRepository checkpoints = harness.storage().checkpoints();
            checkpoints.origin("example.org/first");
            append(harness.storage(), 1);
            checkpoints.beginOrigin("example.org/second");
            LogOrigins before = checkpoints.origins();

            for (String name : List.of("example.org/first", "example.org/second")) {
                assertThat(catchThrowable(() -> checkpoints.beginOrigin(name)))
                        .as("%s is taken", name)
                        .isInstanceOfSatisfying(
                                AlreadyExists.class,
                                refused -> assertThat(refused.field()).isEqualTo("origin"));
            }
            assertThat(catchThrowable(() -> checkpoints.beginOrigin("no name")))
                    .as("what cannot be a name")
                    .isInstanceOf(InvalidValueException.class);
            assertThat(checkpoints.origins()).as("nothing was changed").isEqualTo(before);
        }
    }

    @Test
    default void aLogWithoutANameHasAlwaysHadItsFirst() {
        try (StorageHarness harness = fresh()) {
            append(harness.storage(), 3);

            assertThat(harness.storage().checkpoints().beginOrigin("example.org/first"))
                    .as("its first name")
                    .isEqualTo(new LogOrigin("example.org/first", 0));
        }
    }

    @Test
    default void namesThatBeginAtOnceFollowEachOther() {
        try (StorageHarness harness = fresh();
                Storage another = harness.openAnother(UnaryOperator.identity())) {
            List<LogOrigin> begun = Race.answers(Race.of(8, racer -> () -> {
                Storage storage = racer % 2 == 0 ? harness.storage() : another;
                append(storage, 1);
                if (racer % 4 == 0) {
                    storage.checkpoints().origin("example.org/any");
                }
                return storage.checkpoints().beginOrigin("example.org/" + racer);
            }));

            LogOrigins origins = another.checkpoints().origins();
            assertThat(origins.all()).as("each of them, in some order").containsAll(begun);
            assertThat(origins.all().size())
                    .as("and at most the one that others proposed")
                    .isLessThanOrEqualTo(9);
            assertThat(origins.current().orElseThrow().from())
                    .as("none begins later than the log ends")
                    .isLessThanOrEqualTo(another.audit().size());
        }
    }

    @Test
    default void onlyThePresentNameVouchesForTheLog() {
        try (StorageHarness harness = fresh()) {
            CheckpointRepository checkpoints = harness.storage().checkpoints();
            checkpoints.origin("example.org/log");
            KeptCheckpoint before = signed(T0, 7, ANNA);
            assertThat(checkpoints.keep(before)).as("that of the present name").isTrue();
            assertThat(checkpoints.keep(before)).as("again, which does nothing").isTrue();
            checkpoints.beginOrigin("example.org/restored");
            KeptCheckpoint after = signed("example.org/restored", T0, 7, EVE);

            assertThat(checkpoints.keep(signed(T0, 9, ANNA)))
                    .as("that of a former name")
                    .isFalse();
            assertThat(checkpoints.keep(after)).as("that of the new name").isTrue();
            assertThat(Paging.all(9, checkpoints::checkpoints))
                    .as("what was kept")
                    .containsExactlyInAnyOrder(before, after);
        }
    }

    @Test
    default void checkpointsAreKeptToTheLetter() {
        try (StorageHarness harness = fresh()) {
            CheckpointRepository checkpoints = harness.storage().checkpoints();
            assertThat(checkpoints.latest()).as("there is none at first").isEmpty();
            KeptCheckpoint first = signed(T0, 7, ANNA);
            KeptCheckpoint second = signed(T0.plusSeconds(60), 9, EVE);
            KeptCheckpoint third = signed(T0.plusSeconds(61), 9, ANNA);
            KeptCheckpoint fourth = signed(T0.plusSeconds(120), 10, EVE);

            List.of(fourth, second, third, first).forEach(checkpoints::keep);

            assertThat(Paging.all(1, checkpoints::checkpoints))
                    .as("checkpoints are listed by size, then time")
                    .containsExactly(first, second, third, fourth);
            assertThat(checkpoints.latest()).as("the largest one").contains(fourth);
            assertThat(checkpoints.latest(ANNA)).as("the largest one of a key").contains(third);
        }
    }

    @Test
    default void aCheckpointIsNeverReplaced() {
        try (StorageHarness harness = fresh()) {
            CheckpointRepository checkpoints = harness.storage().checkpoints();
            KeptCheckpoint kept = signed(T0, 7, ANNA);
            checkpoints.keep(kept);
            checkpoints.keep(signed(T0.plusSeconds(1), 7, ANNA));

            assertThat(Paging.all(9, checkpoints::checkpoints))
                    .as("a signer has one checkpoint of a size")
                    .containsExactly(kept);
        }
    }

    @Test
    default void keysAreNotedOnceAndInOrder() {
        try (StorageHarness harness = fresh()) {
            CheckpointRepository checkpoints = harness.storage().checkpoints();
            assertThat(checkpoints.keys()).as("there is none at first").isEmpty();

            List.of(EVE, ANNA, EVE).forEach(checkpoints::keep);

            assertThat(checkpoints.keys()).as("in the order of coming").containsExactly(EVE, ANNA);
        }
    }

    @Test
    default void anchorsAreNotedByNameAndSigner() {
        try (StorageHarness harness = fresh()) {
            CheckpointRepository checkpoints = harness.storage().checkpoints();
            AnchorState failing = new AnchorState(
                    "https://example.org/log", "00c0ffee", 0, Optional.empty(), Optional.of(T0), "refused: 503 \u00fc");
            AnchorState working = new AnchorState(
                    "https://example.org/log", "00c0ffee", 12, Optional.of(T0.plusSeconds(5)), Optional.empty(), "");
            AnchorState file = new AnchorState("/var/log/anchor", "00c0ffee", 7, Optional.of(T0), Optional.empty(), "");
            AnchorState ofAnother =
                    new AnchorState("/var/log/anchor", "0badcafe", 9, Optional.of(T0), Optional.empty(), "");

            checkpoints.keep(failing);
            checkpoints.keep(file);
            assertThat(checkpoints.anchors()).as("by name").containsExactly(file, failing);
            checkpoints.keep(working);
            assertThat(checkpoints.anchors()).as("the latest state of each").containsExactly(file, working);
            checkpoints.keep(ofAnother);
            assertThat(checkpoints.anchors())
                    .as("another signer has a state of its own")
                    .containsExactly(file, ofAnother, working);
            checkpoints.forgetAnchor("/var/log/anchor");
            checkpoints.forgetAnchor("/var/log/anchor");
            assertThat(checkpoints.anchors()).as("forgotten").containsExactly(working);
        }
    }

    /** A checkpoint with a signature that nobody has looked at. */
    static KeptCheckpoint signed(Instant at, long size, VerifierKey key) {
        return signed("example.org/log", at, size, key);
    }

    private static KeptCheckpoint signed(String origin, Instant at, long size, VerifierKey key) {
        return new KeptCheckpoint(
                at,
                new SignedCheckpoint(
                        new Checkpoint(origin, size, Hash.leaf(at.toString().getBytes(StandardCharsets.UTF_8))).text(),
                        List.of(new SignedCheckpoint.Signature(
                                key.name(), key.id(), Base64.getEncoder().encodeToString(new byte[64])))));
    }

    private static void append(Storage storage, int number) {
        storage.audit().append(Collections.nCopies(number, AuditSamples.event("a")));
    }
}
