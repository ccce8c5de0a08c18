package io.aipanel.app.crash;

import io.aipanel.domain.backup.BackupMethod;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.backup.Backup;
import io.aipanel.service.backup.BackupOptions;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.jobs.JobMode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Makes one backup after the other, by each method in turn, until it is killed, and removes the older ones. Says {@code ready}, begins when it is told
 * to on standard input, and then tells in lines of standard output what it does: {@code at STAGE}, {@code made NAME},
 * {@code removing NAME}.
 */
final class BackupMaker {

    private static final int KEPT = 2;
    private static final BackupMethod[] METHODS = BackupMethod.values();
    private static final Actor ACTOR = Actor.program("maker");
    private static final SettingName NAME = new SettingName("panel.name");
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private BackupMaker() {}

    /** Arguments: the storage URL, the directory for backups. */
    public static void main(String[] arguments) throws IOException {
        PanelOptions options =
                PanelOptions.of(arguments[0]).jobs(JobMode.OFF).backup(BackupOptions.in(Path.of(arguments[1])));
        try (Panel panel = Panel.open(options)) {
            OUT.println("ready");
            System.in.read();
            for (int number = 0; ; number++) {
                panel.settings().set(ACTOR, NAME, "panel " + number);
                Backup made = panel.backups()
                        .create(
                                ACTOR,
                                BackupTrigger.ON_DEMAND,
                                METHODS[number % METHODS.length],
                                Optional.empty(),
                                (what, done, all) -> OUT.println("at " + what));
                OUT.println("made " + made.name());
                List<Backup> all = panel.backups().list(ACTOR);
                for (Backup old : all.subList(Math.min(KEPT, all.size()), all.size())) {
                    OUT.println("removing " + old.name());
                    panel.backups().remove(ACTOR, old.name());
                }
            }
        }
    }
}
