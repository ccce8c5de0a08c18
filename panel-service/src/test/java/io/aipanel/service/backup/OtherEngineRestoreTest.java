package io.aipanel.service.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.ports.backup.PortableTable;
import io.aipanel.ports.backup.RowReceiver;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.PanelTest;
import io.aipanel.service.audit.AuditOptions;
import io.aipanel.service.audit.Evidence;
import io.aipanel.service.audit.Verification;
import io.aipanel.service.backup.OtherEngine.Mistake;
import io.aipanel.service.jobs.JobMode;
import io.aipanel.sqlite.SqliteStorageProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A backup of an engine that the panel is not on. */
class OtherEngineRestoreTest extends PanelTest {

    @Override
    protected PanelOptions options() {
        return PanelOptions.of(super.options().storage())
                .jobs(JobMode.OFF)
                .audit(AuditOptions.signedWith(directory.resolve("audit.key")))
                .backup(BackupOptions.in(directory.resolve("archives")).panelVersion("1.2.3"));
    }

    @Test
    void everythingIsAsItWasAndTheSameIsDoneAsOnItsOwnEngine() {
        user("anna@example.com", "admin");
        panel.jobs().enqueue(NewJob.of("mail").queue("letters"));
        Backup made = create();
        user("later@example.com", "admin");

        Restored restored = restore(made, OtherEngine.sound());

        assertThat(panel.users().findByEmail(PROGRAM, new EmailAddress("anna@example.com")))
                .isPresent();
        assertThat(panel.users().findByEmail(PROGRAM, new EmailAddress("later@example.com")))
                .isEmpty();
        assertThat(restored.before()).isPresent();
        assertThat(restored.origin()).as("the log is intact and goes on").isEmpty();
        assertThat(restored.paused()).containsExactly(new QueueName("letters"));
        assertThat(panel.audit().verify(PROGRAM, Evidence.NONE).status()).isEqualTo(Verification.Status.INTACT);
        assertThat(directory.resolve("archives")).as("nothing is left over").satisfies(path -> {
            try (Stream<Path> left = Files.list(path)) {
                assertThat(left).noneMatch(each -> each.getFileName().toString().startsWith(".unfinished"));
            }
        });
    }

    @Test
    void aRowThatBecameAnotherIsFoundAndNothingIsReplaced() {
        assertRefused(
                "settings",
                (row, to) -> {
                    Object[] other = row.clone();
                    other[1] = "something else";
                    to.accept(other);
                },
                "the table panel.settings has 1 rows with the digest ");
    }

    @Test
    void aRowThatIsMissingIsFound() {
        assertRefused("settings", (row, to) -> {}, "and 0 with ");
    }

    @Test
    void aReferenceToNothingIsFound() {
        assertRefused("users", (row, to) -> {}, "panel.db");
    }

    @Test
    void aLogWithAnotherTreeIsFound() {
        assertRefused(
                "tree",
                (row, to) -> {
                    Object[] other = row.clone();
                    byte[] peaks = ((byte[]) other[3]).clone();
                    peaks[0]++;
                    other[3] = peaks;
                    to.accept(other);
                },
                "the audit log has ");
    }

    @Test
    void anEngineThatIsNotThereIsNamed() {
        Backup made = create();
        panel.close();

        assertThatThrownBy(() -> new Restore(options(), new Engines(OtherEngine.sound(), Map.of()))
                        .run(PROGRAM, made.name(), CreateProgress.NONE))
                .isInstanceOf(BackupFailed.class)
                .hasMessageContaining(made.name() + " is not restored: it was made on sqlite")
                .hasMessageContaining("add the one for sqlite");
        open();
    }

    private void assertRefused(String table, Change change, String told) {
        user("anna@example.com", "admin");
        panel.settings().set(PROGRAM, new SettingName("iam.session.idle"), "PT2H");
        Backup made = create();
        user("later@example.com", "admin");
        Mistake mistake = (of, row, to) -> pass(table, change, of, row, to);

        assertThatThrownBy(() -> restore(made, OtherEngine.with(mistake)))
                .isInstanceOf(BackupFailed.class)
                .hasMessageContaining(told)
                .hasMessageContaining("restore the backup on sqlite");

        open();
        assertThat(panel.users().findByEmail(PROGRAM, new EmailAddress("later@example.com")))
                .as("everything is as it was")
                .isPresent();
    }

    private static void pass(String table, Change change, PortableTable of, @Nullable Object[] row, RowReceiver to) {
        if (of.name().equals(table)) {
            change.pass(row, other -> to.take(of, other));
        } else {
            to.take(of, row);
        }
    }

    private Restored restore(Backup backup, OtherEngine other) {
        panel.close();
        clock.advance(Duration.ofMinutes(1));
        SqliteStorageProvider sqlite = new SqliteStorageProvider();
        Restored restored = new Restore(options(), new Engines(other, Map.of(sqlite.scheme(), sqlite)))
                .run(PROGRAM, backup.name(), CreateProgress.NONE);
        open();
        return restored;
    }

    private Backup create() {
        clock.advance(Duration.ofMinutes(1));
        return panel.backups().create(PROGRAM, BackupTrigger.ON_DEMAND, Optional.empty(), CreateProgress.NONE);
    }

    @FunctionalInterface
    private interface Change {
        void pass(Object[] row, Consumer<Object[]> to);
    }
}
