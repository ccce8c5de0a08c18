package io.aipanel.service.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AnchorState;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.KeptCheckpoint;
import io.aipanel.domain.audit.LogOrigin;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.audit.VerifierKey;
import io.aipanel.ports.audit.CheckpointRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.service.audit.Verification.Status;
import io.aipanel.sqlite.SqliteStorageProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A log that went back to what a backup held of it, and goes on under another name. */
class RestoredLogTest extends AuditTest {

    private static final String RESTORED = "test/log/restored";

    private final Place place = new Place();
    /** Over the 3 events that the backup held, and over 5, of which it held 3. */
    private String early = "";

    private String late = "";

    @Override
    AuditOptions auditOptions() {
        return new AuditOptions(Optional.of(keyFile()), Optional.of("test/log"), List.of(place), false);
    }

    @Test
    void itIsSignedUnderItsNewName() throws IOException {
        restore();

        String note = checkpoint();

        SignedCheckpoint signed = SignedCheckpoint.parse(note);
        assertThat(signed.checkpoint().origin()).isEqualTo(RESTORED);
        assertThat(signed.checkpoint().size()).isEqualTo(4);
        assertThat(signed.isSignedBy(newKey())).isTrue();
        assertThat(panel.audit().keys(PROGRAM)).containsExactly(publicKey(), newKey());
        assertThat(panel.audit().origins(PROGRAM).all())
                .containsExactly(new LogOrigin("test/log", 0), new LogOrigin(RESTORED, 3));
        assertThat(panel.audit().keyCondition(PROGRAM).note()).contains(RESTORED + "+" + newKey().hexId());
        assertThat(panel.audit().treeCondition(PROGRAM).problem()).isEmpty();
        Verification found = verify(Evidence.NONE);
        assertThat(found.message())
                .startsWith(
                        "consistent in itself, 4 events checked (restored from a backup that held 3 events and called "
                                + RESTORED
                                + " since), and as it was when 4 events were signed for with this panel's own key");
        assertThat(found.status()).isEqualTo(Status.INTACT);
        assertThat(verify(given(note, newKey())).status()).isEqualTo(Status.INTACT);
    }

    @Test
    void whatWasSignedBeforeTheBackupStillCounts() throws IOException {
        restore();
        String after = checkpoint();

        for (VerifierKey key : List.of(publicKey(), newKey())) {
            Verification found = verify(given(early, key));
            assertThat(found.message()).contains("as it was when");
            assertThat(found.status()).isEqualTo(Status.INTACT);
        }
        assertThat(verify(new Evidence(Evidence.checkpoints(early), List.of())).status())
                .isEqualTo(Status.INTACT);
        Verification both = verify(given(early + after, publicKey(), newKey()));
        assertThat(both.status()).isEqualTo(Status.INTACT);
        assertThat(both.beyond()).isEqualTo(4);
    }

    @Test
    void whatWasSignedAfterTheBackupSaysWhatIsGone() throws IOException {
        restore();
        String after = checkpoint();

        for (VerifierKey key : List.of(publicKey(), newKey())) {
            Verification found = verify(given(early + late, key));
            broken(
                    found,
                    3,
                    "the log was restored from a backup that held 3 events, or replaced by an older copy, and goes on as "
                            + RESTORED + ": events 3 to 4, for which a checkpoint of test/log vouches that was kept"
                            + " elsewhere, are gone from it; who knows of the restore checks against checkpoints that were"
                            + " made since");
            assertThat(found.checked()).as("the rest is checked all the same").isEqualTo(4);
            assertThat(found.beyond()).isGreaterThanOrEqualTo(3);
        }
        record(5);
        broken(verify(given(late + after, publicKey(), newKey())), 3, "events 3 to 4, for which");
    }

    @Test
    void anOlderCopyIsNotExcusedByANameThatSomebodyHasAdded() throws IOException {
        restoreTo(copyBetween());
        tamper("INSERT INTO origins (seq, name, from_size) VALUES (2, 'test/log/forged', 3)");
        record(10);
        // The panel signs it: it cannot know better.
        checkpoint();

        broken(verify(given(late, publicKey())), 3, "events 3 to 4, for which a checkpoint of test/log vouches");
        broken(verify(new Evidence(Evidence.checkpoints(late), List.of())), 3, "are gone from it");
        broken(check(export(), given(late, publicKey())), 3, "are gone from it");
        tamper("UPDATE events SET target = 'x' WHERE \"index\" = 1");
        broken(verify(given(early, publicKey())), 0, "one of the events 0 to 2 was changed");
    }

    @Test
    void namesThatSomebodyHasChangedAreNoticed() throws IOException {
        restore();
        String after = checkpoint();
        record(1);
        checkpoint();

        tamper("UPDATE origins SET from_size = 5 WHERE seq = 2");
        assertThat(verify(Evidence.NONE).message())
                .isEqualTo("the checkpoint over 4 events in the log's own store is of " + RESTORED
                        + ", which the log was not called then: it, or the list of the log's names, was changed");
        assertThat(verify(given(after, newKey())).message()).contains("which this log is called only since it had 5");
        assertThat(verify(given(late, publicKey())).status()).isEqualTo(Status.BROKEN);

        tamper("UPDATE origins SET from_size = 9 WHERE seq = 2", "DELETE FROM checkpoints WHERE size > 3");
        broken(verify(Evidence.NONE), 5, "it is called " + RESTORED + " since it had 9 events, and has 5");

        tamper("UPDATE origins SET from_size = 1 WHERE seq = 1");
        Verification contradictory = verify(Evidence.NONE);
        assertThat(contradictory.status()).isEqualTo(Status.BROKEN);
        assertThat(contradictory.message()).contains("the log's names was changed by other means");

        tamper("DELETE FROM origins WHERE seq = 1");
        assertThat(verify(given(early, publicKey())).status()).isEqualTo(Status.BROKEN);
    }

    @Test
    void aKeyThatIsTrustedUnderAFormerNameSaysSo() throws IOException {
        restore();
        String after = checkpoint();
        String told =
                "what was signed as " + RESTORED + " counts only if the key is given under that name, too: " + newKey();

        Verification ofItsName = verify(new Evidence(List.of(), List.of(publicKey())));
        assertThat(ofItsName.status()).isEqualTo(Status.INTACT);
        assertThat(ofItsName.beyond()).isEqualTo(3);
        assertThat(ofItsName.message())
                .contains("in the newest checkpoint of the log's own store that has its name")
                .endsWith(told);

        Verification ofTheNewName = verify(given(after, publicKey()));
        assertThat(ofTheNewName.status()).isEqualTo(Status.NOT_VERIFIABLE);
        assertThat(ofTheNewName.message())
                .endsWith("the given public key is for a name that the log no longer has: not verifiable beyond 3; "
                        + told);

        tamper("DELETE FROM checkpoints WHERE size = 3");
        Verification nothingElse = verify(new Evidence(List.of(), List.of(publicKey())));
        assertThat(nothingElse.status()).isEqualTo(Status.NOT_VERIFIABLE);
        assertThat(nothingElse.message()).contains(told);
    }

    @Test
    void anotherKeyUnderANewNameIsAnotherKey() throws IOException {
        restoreTo(copyBetween());
        VerifierKey pinned = publicKey();
        VerifierKey pinnedAnew = newKey();
        begin(RESTORED);
        Files.delete(keyFile());
        tamper("DELETE FROM checkpoints");
        record(1);
        String forged = checkpoint();

        for (VerifierKey key : List.of(pinned, pinnedAnew)) {
            assertThat(verify(new Evidence(List.of(), List.of(key))).message())
                    .contains("none of the log's own checkpoints is signed by a given public key");
            assertThat(verify(given(forged, key)).message()).contains("is signed by none of the given public keys");
        }
    }

    @Test
    void aKeyThatSignsAnotherLogDoesNotVouchForItUnderANameThatSomebodyHasAdded() {
        record(3);
        checkpoint();
        tamper("UPDATE origins SET name = 'another/log'", "DELETE FROM checkpoints", "DELETE FROM verifier_keys");
        checkpoint();
        tamper("INSERT INTO origins (seq, name, from_size) VALUES (2, 'test/log', 3)");

        Verification found = verify(new Evidence(List.of(), List.of(publicKey())));

        assertThat(found.message()).contains("none of the log's own checkpoints is signed by a given public key");
        assertThat(found.status()).isEqualTo(Status.BROKEN);
    }

    @Test
    void anExportProvesWhatTheLogProves() throws IOException {
        restore();
        String after = checkpoint();
        record(2);
        String export = export();

        assertThat(export.lines().findFirst())
                .hasValueSatisfying(head -> assertThat(head)
                        .contains("\"origin\":\"" + RESTORED + "\",\"origins\":[{\"name\":\"test/log\",\"from\":0},"
                                + "{\"name\":\"" + RESTORED + "\",\"from\":3}],\"first\":0"));
        for (Evidence evidence : List.of(
                Evidence.NONE,
                given(early, publicKey()),
                given(late, publicKey()),
                given(after, publicKey()),
                given(early + after, publicKey(), newKey()),
                new Evidence(List.of(), List.of(publicKey())))) {
            assertThat(check(export, evidence)).isEqualTo(verify(evidence));
        }
    }

    @Test
    void namesInAnExportThatContradictEachOtherAreFound() throws IOException {
        restore();
        checkpoint();
        String export = export();

        for (String change : List.of(
                "\"origin\":\"test/log/restored\"=>\"origin\":\"test/log\"",
                "\"name\":\"test/log\"=>\"name\":\"test/log/restored\"",
                "\"from\":0=>\"from\":1",
                "\"from\":0=>\"from\":\"0\"",
                "\"from\":0=>\"from\":[0]",
                "\"from\":0=>\"from\":0,\"from\":0",
                "\"from\":0=>\"from\":0,\"until\":3",
                "\"origins\":[=>\"origins\":[\"test/log\",",
                "\"origins\":[=>\"origins\":[[],")) {
            String[] fromTo = change.split("=>");
            assertThat(export).contains(fromTo[0]);
            Verification found = check(export.replaceFirst(quoted(fromTo[0]), fromTo[1]), Evidence.NONE);
            assertThat(found.status()).as(change).isEqualTo(Status.BROKEN);
            assertThat(found.message()).as(change).contains("line 1 cannot be read: ");
        }
        assertThat(check(export.replaceFirst("\"origins\":\\[.*?\\],", ""), Evidence.NONE)
                        .message())
                .as("an export that tells the present name only")
                .contains("the checkpoint over 3 events in the log's own store is of test/log");
    }

    @Test
    void smallerSizesGetToPlacesOutsideAgain() throws IOException {
        restore();
        checkpoint();

        assertThat(place.published)
                .extracting(SignedCheckpoint::checkpoint)
                .extracting(each -> each.origin() + " " + each.size())
                .containsExactly("test/log 3", "test/log 5", RESTORED + " 4");
        assertThat(panel.audit().anchors(PROGRAM))
                .extracting(AnchorState::signer, AnchorState::size)
                .containsExactly(tuple(newKey().hexId(), 4L));
    }

    @Test
    void aPanelThatIsOpenNoticesTheNewName() throws IOException {
        restoreTo(copyBetween());
        record(1);
        assertThat(checkpoint()).startsWith("test/log\n4\n");
        begin(RESTORED);

        assertThat(checkpoint()).as("of the same size").startsWith(RESTORED + "\n4\n");
        record(1);
        assertThat(checkpoint()).startsWith(RESTORED + "\n5\n");
    }

    @Test
    void aNameThatBeginsWhileTheLogIsBeingSignedIsTheOneThatItIsSignedUnder() {
        record(2);
        try (Storage storage = storage()) {
            Checkpointer signing = new Checkpointer(
                    storage.audit(),
                    renamedOnTheWay(storage.checkpoints()),
                    new KeyFile(keyFile()),
                    Optional.of("test/log"),
                    clock);

            SignedCheckpoint made = signing.make().checkpoint();

            assertThat(made.checkpoint().origin()).isEqualTo(RESTORED);
            assertThat(storage.checkpoints().checkpoints(PageRequest.first(9)).items())
                    .extracting(KeptCheckpoint::checkpoint)
                    .containsExactly(made);
        }
    }

    @Test
    void whatContradictsWhatWasSignedUnderAFormerNameIsNotSigned() {
        record(2);
        String before = treeRow();
        record(1);
        checkpoint();
        tamper(
                "DELETE FROM events WHERE \"index\" >= 2",
                "UPDATE tree SET " + before,
                "INSERT INTO origins (seq, name, from_size) VALUES (2, '" + RESTORED + "', 2)");
        clock.advance(Duration.ofMinutes(1));
        record(4);

        assertThatThrownBy(this::checkpoint)
                .isInstanceOf(StoreCorrupt.class)
                .hasMessageContaining("does not begin with what was signed over 3 events");
    }

    @Test
    void aLogThatIsRestoredMoreThanOnceHasMoreNames() throws IOException {
        Path copy = copyBetween();
        restoreTo(copy);
        begin("test/log/1");
        record(4);
        String lost = checkpoint();

        restoreTo(copy);
        begin("test/log/2");
        record(1);
        checkpoint();

        assertThat(verify(Evidence.NONE).status()).isEqualTo(Status.INTACT);
        broken(verify(given(late, publicKey())), 3, "goes on as test/log/2: events 3 to 4");
        Verification ofAnother = verify(given(lost, publicKey().named("test/log/1")));
        assertThat(ofAnother.message())
                .isEqualTo(
                        "the checkpoint that was kept elsewhere is of the log test/log/1, and this is test/log/2 (before:"
                                + " test/log): the log was replaced, or restored from a backup that was made before it got that"
                                + " name, or it is another log's checkpoint");
        assertThat(ofAnother.status()).isEqualTo(Status.BROKEN);

        begin("test/log/3");
        record(1);
        String thrice = checkpoint();
        assertThat(verify(given(early + thrice, publicKey().named("test/log/3")))
                        .message())
                .contains(
                        "(restored from a backup that held 3 events and called test/log/2 since, then from a backup that"
                                + " held 4 events and called test/log/3 since)");
    }

    /** Goes back to a backup, records one event and does not sign it. */
    private void restore() throws IOException {
        restoreTo(copyBetween());
        begin(RESTORED);
        record(1);
    }

    /** A copy of the log with 3 events, all signed for; then 2 more are recorded and signed for. */
    private Path copyBetween() throws IOException {
        record(3);
        early = checkpoint();
        Path copy = directory.resolve("copy.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + log());
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM INTO '" + copy + "'");
        } catch (SQLException e) {
            throw new IOException(e);
        }
        clock.advance(Duration.ofMinutes(1));
        record(2);
        late = checkpoint();
        return copy;
    }

    private void restoreTo(Path copy) throws IOException {
        panel.close();
        Files.delete(log());
        Files.copy(copy, log());
        open();
        clock.advance(Duration.ofMinutes(1));
    }

    private void begin(String name) {
        try (Storage storage = storage()) {
            storage.checkpoints().beginOrigin(name);
        }
    }

    /** Checkpoints of a log that gets another name just before the first of them is kept. */
    private static CheckpointRepository renamedOnTheWay(CheckpointRepository checkpoints) {
        AtomicBoolean renamed = new AtomicBoolean();
        return (CheckpointRepository) Proxy.newProxyInstance(
                RestoredLogTest.class.getClassLoader(),
                new Class<?>[] {CheckpointRepository.class},
                (proxy, method, arguments) -> {
                    boolean keepsCheckpoint = arguments != null && arguments[0] instanceof KeptCheckpoint;
                    if (keepsCheckpoint && !renamed.getAndSet(true)) {
                        checkpoints.beginOrigin(RESTORED);
                    }
                    return method.invoke(checkpoints, arguments);
                });
    }

    private Storage storage() {
        return new SqliteStorageProvider().open(StorageOptions.of("sqlite:" + directory.resolve("data")));
    }

    private Path log() {
        return directory.resolve("data").resolve("audit.db");
    }

    private VerifierKey newKey() {
        return publicKey().named(RESTORED);
    }

    private Verification verify(Evidence evidence) {
        return panel.audit().verify(PROGRAM, evidence);
    }

    private String export() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        panel.audit().export(PROGRAM, AuditFilter.OLDEST, ExportFormat.NDJSON).writeTo(out, events -> {});
        return out.toString(StandardCharsets.UTF_8);
    }

    private Verification check(String export, Evidence evidence) throws IOException {
        return ExportCheck.of(
                new ByteArrayInputStream(export.getBytes(StandardCharsets.UTF_8)), evidence, Optional.of(keyFile()));
    }

    private static Evidence given(String notes, VerifierKey... keys) {
        return new Evidence(Evidence.checkpoints(notes), Arrays.asList(keys));
    }

    private static String quoted(String text) {
        return Pattern.quote(text);
    }

    private static void broken(Verification found, long firstBad, String message) {
        assertThat(found.message()).contains(message);
        assertThat(found.status()).isEqualTo(Status.BROKEN);
        assertThat(found.firstBad()).contains(firstBad);
    }

    /** A place outside. */
    private static final class Place implements CheckpointAnchor {
        private final List<SignedCheckpoint> published = new ArrayList<>();

        @Override
        public String name() {
            return "file:/mnt/elsewhere";
        }

        @Override
        public void publish(SignedCheckpoint checkpoint) {
            published.add(checkpoint);
        }
    }
}
