package io.aipanel.service.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.audit.Checkpoint;
import io.aipanel.domain.audit.Hash;
import io.aipanel.service.audit.Verification.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a check says of a log that is sound, and of one that was changed behind the panel's back. */
class VerificationTest extends AuditTest {

    @Test
    void anEmptyLogProvesNothing() {
        Verification found = verify(Evidence.NONE);

        assertThat(found.status()).isEqualTo(Status.NOT_VERIFIABLE);
        assertThat(found.checked()).isZero();
        assertThat(found.message()).contains("0 events checked", "not verifiable beyond 0");
    }

    @Test
    void aCheckpointOverNothingProvesNothing() {
        String empty = checkpoint();
        record(2);
        checkpoint();

        Verification found = verify(given(empty));

        assertThat(found.status()).isEqualTo(Status.NOT_VERIFIABLE);
        assertThat(found.message()).contains("but a checkpoint over 0 events proves nothing: not verifiable beyond 2");
    }

    @Test
    void withoutACheckpointALogIsOnlyConsistentInItself() {
        record(300);

        Verification found = verify(Evidence.NONE);

        assertThat(found)
                .isEqualTo(new Verification(
                        Status.NOT_VERIFIABLE,
                        300,
                        Optional.empty(),
                        "consistent in itself, 300 events checked, but without a public key and a checkpoint that was kept"
                                + " elsewhere nothing proves that it was not rebuilt, or its newest events cut off: not"
                                + " verifiable beyond 0",
                        0));
    }

    @Test
    void withThePanelsOwnKeyItIsIntactAsFarAsThatIsWorth() {
        record(300);
        checkpoint();
        record(20);

        Verification found = verify(Evidence.NONE);

        assertThat(found.status()).isEqualTo(Status.INTACT);
        assertThat(found.checked()).isEqualTo(320);
        assertThat(found.beyond()).isEqualTo(300);
        assertThat(found.message())
                .contains("320 events checked", "somebody who has the key file", "not verifiable beyond 300");
    }

    @Test
    void withAPublicKeyAndACheckpointFromElsewhereItIsIntact() {
        record(3_000);
        String early = checkpoint();
        record(10);
        String late = checkpoint();

        Verification found = verify(given(early + "\n" + late));

        assertThat(found.status()).isEqualTo(Status.INTACT);
        assertThat(found.checked()).isEqualTo(3_010);
        assertThat(found.beyond()).isEqualTo(3_010);
        assertThat(found.message()).contains("a checkpoint that was kept elsewhere", "not verifiable beyond 3010");
        assertThat(verify(new Evidence(Evidence.checkpoints(early), List.of())).status())
                .isEqualTo(Status.INTACT);
    }

    @Test
    void withAPublicKeyAloneItSaysWhatOnlyACheckpointFromElsewhereCanShow() {
        record(5);
        checkpoint();

        Verification found = verify(new Evidence(List.of(), List.of(publicKey())));

        assertThat(found.status()).isEqualTo(Status.INTACT);
        assertThat(found.beyond()).isEqualTo(5);
        assertThat(found.message()).contains("whether newer events were cut off");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at = at + 1",
                "actor = 'user:bnna2'",
                "action = 'file.uploae'",
                "target = 'file:18'",
                "outcome = 'failure'",
                "address = '192.0.2.2'",
                "address = NULL",
                "request_id = 'request-27'",
                "request_id = NULL",
                "details = '{\"n\":16}'"
            })
    void aChangeInAnyColumnIsFound(String change) {
        record(300);
        checkpoint();
        tamper("UPDATE events SET " + change + " WHERE \"index\" = 17");

        Verification found = verify(Evidence.NONE);

        broken(found, 0, "one of the events 0 to 255 was changed");
        assertThat(found.checked()).isEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "actor = ''",
                "action = 'No action'",
                "outcome = 'x'",
                "request_id = 'a b'",
                "target = CAST(x'66c328' AS TEXT)",
                "actor = CAST(x'410042' AS TEXT)",
                "at = 9223372036854775807"
            })
    void whatIsNoLongerAnEventIsNamed(String change) {
        record(300);
        checkpoint();
        tamper("UPDATE events SET " + change + " WHERE \"index\" = 17");

        Verification found = verify(Evidence.NONE);

        assertThat(found.status()).isEqualTo(Status.BROKEN);
        assertThat(found.message()).matches("event 17 was changed: .+|one of the events 0 to 255 was changed.*");
    }

    @Test
    void checkpointsBesideAChangedEventSayWhichItIs() {
        record(17);
        checkpoint();
        record(1);
        checkpoint();
        record(300);
        checkpoint();
        tamper("UPDATE events SET target = 'file:other' WHERE \"index\" = 17");

        broken(verify(Evidence.NONE), 17, "event 17 was changed");
    }

    @Test
    void aChangeAmongTheNewestIsFoundByTheTopsOfTheTree() {
        record(300);
        tamper("UPDATE events SET target = 'file:other' WHERE \"index\" = 290");

        // 300 is 256 + 32 + 8 + 4.
        broken(verify(Evidence.NONE), 288, "one of the events 288 to 295 was changed");
    }

    @Test
    void twoEventsThatChangedPlacesAreFound() {
        record(300);
        checkpoint();
        tamper(
                "UPDATE events SET \"index\" = 100000 WHERE \"index\" = 10",
                "UPDATE events SET \"index\" = 10 WHERE \"index\" = 20",
                "UPDATE events SET \"index\" = 20 WHERE \"index\" = 100000");

        broken(verify(Evidence.NONE), 0, "one of the events 0 to 255 was changed, or changed places with another");
    }

    @Test
    void aRemovedEventIsNamed() {
        record(300);
        checkpoint();
        tamper("DELETE FROM events WHERE \"index\" = 17");

        broken(verify(Evidence.NONE), 17, "event 17 is missing");
    }

    @Test
    void removedEventsInARowAreNamed() {
        record(2_500);
        tamper("DELETE FROM events WHERE \"index\" BETWEEN 1100 AND 1200");

        broken(verify(Evidence.NONE), 1_100, "events 1100 to 1200 are missing");
    }

    @Test
    void removedNewestEventsAreNamed() {
        record(300);
        tamper("DELETE FROM events WHERE \"index\" >= 298");

        broken(verify(Evidence.NONE), 298, "events 298 to 299 are missing");
    }

    @Test
    void anEventThatWasAddedByOtherMeansIsNamed() {
        record(3);
        tamper("INSERT INTO events SELECT 3, at, actor, action, target, outcome, address, request_id, details"
                + " FROM events WHERE \"index\" = 0");

        broken(verify(Evidence.NONE), 3, "event 3 was added by other means");
    }

    @Test
    void aChangedNodeOfTheTreeIsToldFromAChangedEvent() {
        record(600);
        tamper("UPDATE nodes SET hash = zeroblob(32) WHERE height = 8 AND \"index\" = 1");

        Verification found = verify(Evidence.NONE);

        assertThat(found.status()).isEqualTo(Status.BROKEN);
        assertThat(found.firstBad()).isEmpty();
        assertThat(found.message())
                .isEqualTo("node 1 at height 8 of the tree was changed; the events below it, events 256 to 511, are as"
                        + " they were");
    }

    @Test
    void aMissingNodeAndAnAdditionalOneAreNamed() {
        record(600);
        tamper("DELETE FROM nodes WHERE height = 9");
        assertThat(verify(Evidence.NONE).message()).startsWith("node 0 at height 9 of the tree is missing");

        tamper("INSERT INTO nodes VALUES (8, 7, zeroblob(32))");
        assertThat(verify(Evidence.NONE).message()).contains("was not made by the panel: number 7 at height 8");
    }

    @Test
    void aChangedTopOfTheTreeIsToldFromAChangedEvent() {
        record(256);
        tamper("UPDATE tree SET peaks = zeroblob(32)");
        assertThat(verify(Evidence.NONE).message())
                .isEqualTo("the top of the tree over events 0 to 255 was changed; the events are as they were");

        tamper("UPDATE tree SET peaks = x'00'");
        assertThat(verify(Evidence.NONE).status()).isEqualTo(Status.BROKEN);
    }

    @Test
    void aTreeThatWasTakenAwayIsNoticed() {
        record(2);
        tamper("DELETE FROM tree");

        broken(verify(Evidence.NONE), 0, "event 0 was added by other means: the tree is over 0 events only");
    }

    @Test
    void newestEventsThatWereCutOffWithEverythingAboutThemAreMissedByACheckpoint() throws IOException {
        record(100);
        checkpoint();
        Path copy = copyOfLog();
        record(20);
        String kept = checkpoint();
        putBack(copy);

        Verification found = verify(given(kept));
        broken(
                found,
                100,
                "the newest 20 events were cut off, or the log was replaced by an older copy: a checkpoint that was kept"
                        + " elsewhere has 120, the log has 100");
        assertThat(found.beyond()).isEqualTo(100);
        assertThat(verify(Evidence.NONE).message()).contains("not verifiable beyond 100");
    }

    @Test
    void newestEventsThatWereCutOffWithoutTheirCheckpointsAreMissedByThose() throws IOException {
        record(4);
        String one = treeRow();
        record(1);
        checkpoint();
        tamper("DELETE FROM events WHERE \"index\" = 4", "UPDATE tree SET " + one);

        broken(verify(Evidence.NONE), 4, "the newest event was cut off");
    }

    @Test
    void aLogThatWasRebuiltWithAnotherKeyIsAnother() throws IOException {
        Path empty = copyOfLog();
        record(300);
        String kept = checkpoint();
        Evidence evidence = given(kept);
        putBack(empty);
        Files.delete(keyFile());
        clock.advance(Duration.ofSeconds(1));
        record(300);
        checkpoint();

        broken(verify(evidence), 0, "the log was rebuilt or replaced: with 300 events it is another than a checkpoint");
        assertThat(verify(new Evidence(List.of(), evidence.keys())).message())
                .contains(
                        "none of the log's own checkpoints is signed by a given public key",
                        "rebuilt with another key");
        assertThat(verify(new Evidence(evidence.checkpoints(), List.of())).message())
                .contains("is signed by none of the log's keys", "rebuilt with another key");
        // Nothing else could tell.
        assertThat(verify(Evidence.NONE).status()).isEqualTo(Status.INTACT);
    }

    @Test
    void aTreeThatWasRebuiltOverAChangeIsFoundByCheckpointsBeforeAndAfter() throws IOException {
        Path empty = copyOfLog();
        record(10);
        String before = checkpoint();
        record(10);
        String after = checkpoint();
        Evidence evidence = given(before + after);
        putBack(empty);
        record(10);
        clock.advance(Duration.ofSeconds(1));
        record(10);

        broken(
                verify(evidence),
                10,
                "its first 10 events are as they were, but with 20 it is another than a checkpoint");
    }

    @Test
    void aCheckpointThatDoesNotBelongHereIsNamed() {
        record(3);
        String kept = checkpoint();
        Evidence other = new Evidence(
                List.of(SigningKey.generate().sign(new Checkpoint("other/log", 3, Hash.ofNothing()))), List.of());

        assertThat(verify(other).message()).contains("is of the log other/log, and this is test/log");
        assertThat(verify(given(kept.replace("\n3\n", "\n2\n"))).message())
                .isEqualTo(
                        "the checkpoint over 2 events that was kept elsewhere was changed: its signature does not fit"
                                + " it");
        assertThat(verify(new Evidence(
                                Evidence.checkpoints(kept),
                                List.of(SigningKey.generate().verifier("test/log"))))
                        .message())
                .contains("is signed by none of the given public keys");
    }

    @Test
    void aChangedCheckpointInTheStoreIsNamed() {
        record(3);
        checkpoint();
        record(3);
        checkpoint();
        tamper(
                "UPDATE checkpoints SET note = replace(note, 'test/log' || char(10) || '3', 'test/log' || char(10) || '2')"
                        + " WHERE size = 3");

        assertThat(verify(Evidence.NONE).status()).isEqualTo(Status.BROKEN);
    }

    @Test
    void aCheckpointThatIsNotWhereItBelongsIsNoticed() {
        record(3);
        checkpoint();
        record(3);
        checkpoint();
        tamper("UPDATE checkpoints SET size = 7 WHERE size = 3");

        Verification found = verify(Evidence.NONE);
        assertThat(found.status()).isEqualTo(Status.BROKEN);
        assertThat(found.message()).contains("the checkpoint over 3 events", "not where it belongs");
    }

    @Test
    void whatIsLeftAfterACutStillProvesItself() {
        record(600);
        String early = checkpoint();
        record(600);
        String late = checkpoint();
        panel.audit().cut(PROGRAM, 700);
        panel.audit().removeCutOff(PROGRAM);

        Verification found = verify(given(early + late));
        assertThat(found.status()).isEqualTo(Status.INTACT);
        assertThat(found.checked()).isEqualTo(501);
        assertThat(found.beyond()).isEqualTo(1_200);
        assertThat(found.message()).contains("what was before 700 was cut off by the panel itself");

        Verification tooOld = verify(given(early));
        assertThat(tooOld.status()).isEqualTo(Status.NOT_VERIFIABLE);
        assertThat(tooOld.message()).contains("the checkpoint over 600 events is from before the cut at 700");

        tamper("UPDATE events SET target = 'x' WHERE \"index\" = 701");
        broken(verify(given(late)), 700, "one of the events 700 to 767 was changed");
    }

    private Verification verify(Evidence evidence) {
        return panel.audit().verify(PROGRAM, evidence);
    }

    private Evidence given(String notes) {
        return new Evidence(Evidence.checkpoints(notes), List.of(publicKey()));
    }

    private static void broken(Verification found, long firstBad, String message) {
        assertThat(found.message()).contains(message);
        assertThat(found.status()).isEqualTo(Status.BROKEN);
        assertThat(found.firstBad()).contains(firstBad);
    }

    private Path copyOfLog() throws IOException {
        panel.close();
        Path copy = directory.resolve("copy.db");
        Files.copy(directory.resolve("data").resolve("audit.db"), copy);
        open();
        return copy;
    }

    private void putBack(Path copy) throws IOException {
        panel.close();
        Path log = directory.resolve("data").resolve("audit.db");
        Files.delete(log);
        Files.copy(copy, log);
        open();
    }
}
