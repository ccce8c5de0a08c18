package io.aipanel.http.backup;

import io.aipanel.domain.backup.BackupMethod;
import io.aipanel.domain.backup.BackupName;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.http.pages.Confirmation;
import io.aipanel.http.pages.Field;
import io.aipanel.http.pages.Form;
import io.aipanel.http.pages.Shell;
import io.aipanel.http.pages.Words;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Refusal;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.service.Panel;
import io.aipanel.service.backup.Backup;
import io.aipanel.service.backup.Check;
import io.aipanel.service.backup.CreateProgress;
import io.aipanel.service.backup.Restored;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The pages about backups: made, checked, removed, and put in the place of everything. */
public final class BackupPages {

    private static final Rule READ = Rule.anyOf(Permission.BACKUPS_READ);
    private static final Rule WRITE = Rule.anyOf(Permission.BACKUPS_WRITE);
    private static final Rule RESTORE = Rule.anyOf(Permission.BACKUPS_RESTORE);
    private static final int ON_A_PAGE = 50;
    private static final String RESTORE_TEST = "restoreTest";
    private static final String SCOPE = "scope";
    private static final String SITE = "site";
    private static final String CONFIRMATION = "confirmation";

    private final Panel panel;
    private final RestoreInPlace restoreInPlace;
    private final Shell shell;

    /**
     * @param panel what is served
     * @param restoreInPlace restores while this server goes on
     * @param shell renders pages
     */
    public BackupPages(Panel panel, RestoreInPlace restoreInPlace, Shell shell) {
        this.panel = panel;
        this.restoreInPlace = restoreInPlace;
        this.shell = shell;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.at(Method.GET, "/backups", "page.backups", READ)
                        .summary("All backups")
                        .answers(200)
                        .handledBy(this::list),
                Route.at(Method.POST, "/backups", "page.backups.create", WRITE)
                        .summary("Make a backup")
                        .takesForm()
                        .answers(303)
                        .handledBy(this::create),
                Route.at(Method.GET, "/backups/{id}", "page.backup", READ)
                        .summary("One backup")
                        .answers(200)
                        .handledBy(this::show),
                Route.at(Method.POST, "/backups/{id}/verify", "page.backup.verify", WRITE)
                        .summary("Check a backup")
                        .takesForm()
                        .answers(303)
                        .handledBy(this::verify),
                Route.at(Method.GET, "/backups/{id}/remove", "page.backup.remove", WRITE)
                        .summary("Whether a backup is really to be removed")
                        .answers(200)
                        .handledBy(this::askBeforeRemoving),
                Route.at(Method.POST, "/backups/{id}/remove", "page.backup.remove.send", WRITE)
                        .summary("Remove a backup for good")
                        .takesForm()
                        .answers(303)
                        .handledBy(this::remove),
                Route.at(Method.GET, "/backups/{id}/restore", "page.backup.restore", RESTORE)
                        .summary("What restoring a backup does, and the form for it")
                        .answers(200)
                        .handledBy(call -> restorePage(call, 200, restoreForm(call))),
                Route.at(Method.POST, "/backups/{id}/restore", "page.backup.restore.send", RESTORE)
                        .summary("Restore a backup, or a part of it")
                        .takesForm()
                        .answers(303)
                        .handledBy(this::restore));
    }

    private Reply list(Call call) {
        boolean isPossible = panel.backups().isPossible();
        Optional<BackupName> before =
                call.query("before").filter(BackupName::isOne).map(BackupName::new);
        List<Backup> rest = isPossible
                ? panel.backups().list(call.actor()).stream()
                        .filter(backup -> before.isEmpty() || backup.name().compareTo(before.get()) < 0)
                        .limit(ON_A_PAGE + 1L)
                        .toList()
                : List.of();
        List<Backup> shown = rest.subList(0, Math.min(ON_A_PAGE, rest.size()));
        BackupListPage page = new BackupListPage(
                isPossible,
                shown.stream()
                        .map(backup -> BackupPage.of(backup, call.actor()))
                        .toList(),
                rest.size() > ON_A_PAGE
                        ? Optional.of(
                                "/backups?before=" + shown.get(ON_A_PAGE - 1).name())
                        : Optional.empty(),
                isPossible && call.actor().may(Permission.BACKUPS_WRITE));
        return shell.page(call, "backup/list", Map.of("page", page));
    }

    private Reply create(Call call) {
        return Shell.press(call, "/backups", () -> created(call));
    }

    private Reply created(Call call) {
        Backup made = panel.backups()
                .create(
                        call.actor(),
                        BackupTrigger.ON_DEMAND,
                        BackupMethod.ONLINE,
                        Optional.empty(),
                        CreateProgress.NONE);
        panel.backups().copies().make(call.actor(), CreateProgress.NONE);
        return Shell.done("/backups/" + made.name(), "notice.backup-created", made.name());
    }

    private Reply show(Call call) {
        Words words = shell.words(call);
        BackupPage backup = page(call);
        Form verification = Form.of(
                backup.path() + "/verify",
                words.of("backup.verify"),
                Field.checkboxes(
                        RESTORE_TEST,
                        words.of("backup.verify-how"),
                        List.of(new Field.Option("true", words.of("backup.restore-test"))),
                        words.of("backup.verify-hint")));
        return shell.page(
                call,
                "backup/show",
                Map.of(
                        "backup",
                        backup,
                        "verification",
                        verification,
                        "mayWrite",
                        call.actor().may(Permission.BACKUPS_WRITE),
                        "mayRestore",
                        call.actor().may(Permission.BACKUPS_RESTORE)));
    }

    private Reply verify(Call call) {
        return Shell.press(call, "/backups/" + name(call), () -> verified(call, name(call)));
    }

    private Reply verified(Call call, BackupName name) {
        boolean restores = !call.body().texts(RESTORE_TEST).isEmpty();
        Check check = panel.backups().verify(call.actor(), name, restores, CreateProgress.NONE);
        // What is wrong is on the page itself, for as long as it is.
        return check.passed()
                ? Shell.done("/backups/" + name, restores ? "notice.backup-tried" : "notice.backup-verified", name)
                : Reply.seeOther("/backups/" + name);
    }

    private Reply askBeforeRemoving(Call call) {
        Words words = shell.words(call);
        String path = page(call).path();
        Confirmation question = new Confirmation(
                words.of("backup.remove-title", name(call)),
                words.of("backup.remove-text"),
                Form.of(path + "/remove", words.of("backup.remove")),
                path);
        return shell.page(call, "pages/confirm", Map.of("question", question));
    }

    private Reply remove(Call call) {
        BackupName name = name(call);
        return Shell.press(call, "/backups/" + name + "/remove", () -> {
            panel.backups().remove(call.actor(), name);
            return Shell.done("/backups", "notice.backup-removed", name);
        });
    }

    private Reply restore(Call call) {
        BackupName name = name(call);
        return Shell.attempt(call.body(), restoreForm(call), (status, form) -> restorePage(call, status, form), () -> {
            requireConfirmed(call, name);
            return switch (call.body().optionalText(SCOPE).orElse("")) {
                case "everything" -> restoreAll(call, name);
                case "settings" ->
                    partRestored(name, panel.partialRestore().settings(call.actor(), name, CreateProgress.NONE));
                default ->
                    partRestored(
                            name,
                            panel.partialRestore()
                                    .site(
                                            call.actor(),
                                            name,
                                            call.body().value(SITE, HostName::new),
                                            CreateProgress.NONE));
            };
        });
    }

    private void requireConfirmed(Call call, BackupName name) {
        if (!call.body().optionalText(CONFIRMATION).orElse("").strip().equals(name.value())) {
            throw new Refusal(
                    400,
                    "not-confirmed",
                    shell.words(call).of("backup.not-confirmed", name),
                    Optional.of(CONFIRMATION),
                    Map.of());
        }
    }

    /** Afterwards nobody is logged in any more, whoever has asked for it included. */
    private Reply restoreAll(Call call, BackupName name) {
        panel.backups().requireRestorable(call.actor(), name);
        Restored restored = restoreInPlace.restore(call.actor(), name);
        String before = restored.before().map(BackupName::value).orElse("–");
        String queues = restored.paused().isEmpty()
                ? "–"
                : restored.paused().stream().map(QueueName::value).collect(Collectors.joining(", "));
        return Shell.done("/login", "notice.backup-restored", name, before, queues);
    }

    private static Reply partRestored(BackupName name, List<String> changed) {
        return changed.isEmpty()
                ? Shell.done("/backups/" + name, "notice.backup-as-it-was", name)
                : Shell.done("/backups/" + name, "notice.backup-part-restored", name, String.join(", ", changed));
    }

    private Reply restorePage(Call call, int status, Form form) {
        return shell.page(call, status, "backup/restore", Map.of("backup", page(call), "form", form));
    }

    private Form restoreForm(Call call) {
        Words words = shell.words(call);
        BackupName name = name(call);
        return Form.of(
                "/backups/" + name + "/restore",
                words.of("backup.restore"),
                Field.select(
                        SCOPE,
                        words.of("backup.scope"),
                        List.of(
                                new Field.Option("everything", words.of("backup.scope-everything")),
                                new Field.Option("settings", words.of("backup.scope-settings")),
                                new Field.Option(SITE, words.of("backup.scope-site")))),
                Field.text(SITE, words.of("backup.site"), words.of("backup.site-hint")),
                Field.text(CONFIRMATION, words.of("backup.confirmation"), words.of("backup.confirmation-hint", name)));
    }

    private BackupPage page(Call call) {
        return BackupPage.of(panel.backups().find(call.actor(), name(call)), call.actor());
    }

    private static BackupName name(Call call) {
        return call.id("id", "backup", BackupName::new);
    }
}
