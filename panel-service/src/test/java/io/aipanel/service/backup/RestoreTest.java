package io.aipanel.service.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.KeptCheckpoint;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.backup.BackupName;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.PanelTest;
import io.aipanel.service.audit.AuditOptions;
import io.aipanel.service.audit.Evidence;
import io.aipanel.service.audit.Verification;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.LogInResult;
import io.aipanel.service.jobs.JobMode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RestoreTest extends PanelTest {

    @Override
    protected PanelOptions options() {
        return options(super.options().storage());
    }

    private PanelOptions options(StorageOptions storage) {
        return PanelOptions.of(storage)
                .jobs(JobMode.OFF)
                .audit(AuditOptions.signedWith(directory.resolve("audit.key")))
                .backup(BackupOptions.in(archives()).panelVersion("1.2.3"));
    }

    @Test
    void everythingIsAsItWasAndTheLogIsKept() {
        user("anna@example.com", "admin");
        Backup made = create();
        user("later@example.com", "admin");
        List<AuditEvent> logged = events();

        Restored restored = restore(made);

        assertThat(restored.name()).isEqualTo(made.name());
        assertThat(restored.at()).isEqualTo(made.manifest().orElseThrow().at());
        assertThat(restored.origin()).as("the log is intact and goes on").isEmpty();
        assertThat(panel.users().findByEmail(PROGRAM, new EmailAddress("anna@example.com")))
                .isPresent();
        assertThat(panel.users().findByEmail(PROGRAM, new EmailAddress("later@example.com")))
                .isEmpty();
        assertThat(events()).as("nothing that was recorded is lost").startsWith(logged.toArray(AuditEvent[]::new));
        assertThat(actions()).endsWith("backup.restore");
        assertThat(verify(Evidence.NONE).status()).isEqualTo(Verification.Status.INTACT);
    }

    @Test
    void whatWasThereIsInABackupAndAside() throws IOException {
        Backup made = create();
        user("later@example.com", "admin");

        Restored restored = restore(made);

        Backup before = panel.backups().find(PROGRAM, restored.before().orElseThrow());
        assertThat(before.isSound()).isTrue();
        assertThat(before.manifest().orElseThrow().trigger()).isEqualTo(BackupTrigger.PRE_OPERATION);
        assertThat(aside(restored)).isDirectoryContaining("glob:**/panel.db");
        restore(before);
        assertThat(panel.users().findByEmail(PROGRAM, new EmailAddress("later@example.com")))
                .as("the way back")
                .isPresent();
        assertThat(Panel.discardReplaced(options()))
                .contains(aside(restored).toString())
                .hasSize(2);
        assertThat(aside(restored)).doesNotExist();
        try (Stream<Path> left = Files.list(directory.resolve("data"))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .as("nothing else is left over")
                    .noneMatch(name -> name.startsWith("before-") || name.startsWith(".") || name.equals("restoring"));
        }
    }

    @Test
    void sessionsEndAndJobsWaitUntilTheirQueueIsResumed() {
        user("anna@example.com", "admin");
        LogInResult.LoggedIn in = (LogInResult.LoggedIn) logIn("anna@example.com", PASSWORD, "192.0.2.1");
        panel.jobs().enqueue(NewJob.of("mail").queue("letters"));
        Backup made = create();

        Restored restored = restore(made);

        assertThat(panel.authentication()
                        .bySession(in.token(), Actor.anonymous(Optional.of("192.0.2.1"), Optional.empty())))
                .as("a session of then is not one of now")
                .isEmpty();
        QueueName letters = new QueueName("letters");
        assertThat(restored.paused()).containsExactly(letters);
        assertThat(panel.queues().list(PROGRAM))
                .anyMatch(each ->
                        each.queue().name().equals(letters) && each.queue().paused());
        assertThat(actions()).contains("queue.pause");
    }

    @Test
    void aLogThatWasSetBackSaysSo() throws IOException {
        user("anna@example.com", "admin");
        Backup made = create();
        user("later@example.com", "admin");
        KeptCheckpoint lost = checkpoint();
        panel.close();
        delete(directory.resolve("data"));

        Restored restored = restore(made);

        String origin = restored.origin().orElseThrow();
        assertThat(restored.before()).as("there was nothing left").isEmpty();
        assertThat(restored.aside()).as("so nothing was put aside").isEmpty();
        SignedCheckpoint archived =
                made.manifest().orElseThrow().audit().checkpoint().orElseThrow();
        long copied = made.manifest().orElseThrow().audit().size();
        AuditEvent first = events().get(Math.toIntExact(copied));
        assertThat(first.event().action()).isEqualTo("backup.restore");
        assertThat(first.event().details().value())
                .as("it names what was signed last, as far as that is known")
                .contains(origin, archived.checkpoint().root().toString());
        assertThat(verify(Evidence.NONE).status()).isEqualTo(Verification.Status.INTACT);
        Evidence evidence = new Evidence(List.of(lost.checkpoint()), List.of());
        assertThat(verify(evidence).status())
                .as("who has a later checkpoint sees that something is missing")
                .isEqualTo(Verification.Status.BROKEN);
        assertThat(checkpoint().checkpoint().checkpoint().origin()).isEqualTo(origin);
    }

    @Test
    void aLogThatWasChangedIsNotKept() throws IOException {
        user("anna@example.com", "admin");
        Backup made = create();
        user("later@example.com", "admin");
        panel.close();
        int changed = changeByte(directory.resolve("data/audit.db"), "later@example.com", "liter@example.com");
        assertThat(changed).as("an event was changed behind the panel's back").isPositive();

        Restored restored = restore(made);

        assertThat(restored.origin()).isPresent();
        assertThat(verify(Evidence.NONE).status()).isEqualTo(Verification.Status.INTACT);
    }

    @ParameterizedTest
    @EnumSource(StoreName.class)
    void whatCannotBeReadAnyMoreIsReplacedAndPutAside(StoreName store) throws IOException {
        user("anna@example.com", "admin");
        Backup made = create();
        panel.close();
        Path file = directory.resolve("data").resolve(store.wireName() + ".db");
        Files.write(file, new byte[10_000]);

        Restored restored = restore(made);

        assertThat(restored.before()).isEmpty();
        assertThat(restored.unreadable().orElseThrow()).contains(file.toString());
        assertThat(aside(restored).resolve(file.getFileName())).hasSize(10_000);
        assertThat(panel.users().findByEmail(PROGRAM, new EmailAddress("anna@example.com")))
                .isPresent();
    }

    @Test
    void whatIsNotAsItWasMadeIsRefused() throws IOException {
        Backup made = create();
        user("later@example.com", "admin");
        try (RandomAccessFile bytes =
                new RandomAccessFile(made.directory().resolve("queue.db").toFile(), "rw")) {
            bytes.seek(5_000);
            bytes.write(bytes.read() ^ 1);
        }

        assertThatThrownBy(() -> restore(made))
                .isInstanceOf(BackupFailed.class)
                .hasMessageContaining(made.name() + " is not restored: queue.db was changed after it was made");

        open();
        assertThat(panel.users().findByEmail(PROGRAM, new EmailAddress("later@example.com")))
                .as("everything is as it was")
                .isPresent();
        AuditEvent last = events().get(events().size() - 1);
        assertThat(last.event().action()).isEqualTo("backup.restore");
        assertThat(last.event().outcome()).isEqualTo(AuditOutcome.FAILURE);
        assertThat(last.event().details().value()).contains("queue.db");
    }

    @Test
    void whatSomebodyHasOpenIsNotReplaced() {
        Backup made = create();
        StorageOptions patient = options().storage();
        StorageOptions impatient = new StorageOptions(
                patient.url(), Optional.empty(), Duration.ofMillis(200), 1_000, false, Map.of(), clock);

        assertThatThrownBy(() -> Panel.restore(options(impatient), PROGRAM, made.name(), CreateProgress.NONE))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("another process has the storage in")
                .hasMessageContaining("open");
    }

    @Test
    void aRunningServerIsNamed() {
        Backup made = create();
        panel.close();
        PanelOptions options = options();
        try (Panel server = Panel.open(options(options.storage().serving(true)))) {
            assertThatThrownBy(() -> Panel.restore(options, PROGRAM, made.name(), CreateProgress.NONE))
                    .isInstanceOf(StoreMisconfigured.class)
                    .hasMessageContaining("is served already by the process "
                            + ProcessHandle.current().pid());
            assertThat(server.backups().list(PROGRAM)).hasSize(1);
        }
        open();
    }

    @Test
    void whatThereIsNotIsSaid() {
        panel.close();
        assertThatThrownBy(() ->
                        Panel.restore(options(), PROGRAM, new BackupName("20200101T000000Z"), CreateProgress.NONE))
                .isInstanceOf(NotFound.class);
        open();
    }

    private Restored restore(Backup backup) {
        panel.close();
        clock.advance(Duration.ofMinutes(1));
        Restored restored = Panel.restore(options(), PROGRAM, backup.name(), CreateProgress.NONE);
        panel = Panel.open(options());
        return restored;
    }

    private static Path aside(Restored restored) {
        return Path.of(restored.aside().orElseThrow());
    }

    private Backup create() {
        clock.advance(Duration.ofMinutes(1));
        return panel.backups().create(PROGRAM, BackupTrigger.ON_DEMAND, Optional.empty(), CreateProgress.NONE);
    }

    private KeptCheckpoint checkpoint() {
        return panel.audit().makeCheckpoint(PROGRAM);
    }

    private Verification verify(Evidence evidence) {
        return panel.audit().verify(PROGRAM, evidence);
    }

    private Path archives() {
        return directory.resolve("archives");
    }

    private static int changeByte(Path file, String from, String to) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Files.write(file, text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1));
        return text.split(from, -1).length - 1;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
