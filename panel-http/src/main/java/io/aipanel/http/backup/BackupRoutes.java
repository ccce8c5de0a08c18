package io.aipanel.http.backup;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.backup.BackupMethod;
import io.aipanel.domain.backup.BackupName;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.iam.Permission;
import io.aipanel.http.iam.SessionCookie;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Listing;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.Schema;
import io.aipanel.http.web.ViewSchemas;
import io.aipanel.service.Panel;
import io.aipanel.service.backup.Backup;
import io.aipanel.service.backup.CreateProgress;
import java.util.List;
import java.util.Optional;

/** Backups, the newest first. */
public final class BackupRoutes {

    private static final Rule READ = Rule.anyOf(Permission.BACKUPS_READ);
    private static final Rule WRITE = Rule.anyOf(Permission.BACKUPS_WRITE);

    private static final Schema CREATION = Schema.object("NewBackup")
            .optional(
                    "method",
                    Schema.nameOf(BackupMethod.class),
                    "online, as without it: writers go on; checkpoint, on SQLite only: writers wait while the stores' own"
                            + " files are copied")
            .build();

    private static final Schema VERIFICATION = Schema.object("NewBackupCheck")
            .optional(
                    "restoreTest",
                    Schema.truth(),
                    "Whether to restore it into a directory of its own, too, and use it there as the panel would")
            .build();

    private static final Schema RESTORATION = Schema.object("NewRestore")
            .optional("site", Schema.text(), "Only the site with this host name, with the records of its databases")
            .optional("settings", Schema.truth(), "Whether to bring back the settings only")
            .build();

    private static final Schema RESTORED =
            new Schema.OneOf(List.of(ViewSchemas.of(RestoredView.class), ViewSchemas.of(PartRestoredView.class)));

    private static final Rule RESTORE = Rule.anyOf(Permission.BACKUPS_RESTORE);

    private final Panel panel;
    private final SessionCookie cookie;
    private final RestoreInPlace restoreInPlace;

    /**
     * @param panel what is served
     * @param cookie how browsers keep their session
     * @param restoreInPlace restores while this server goes on
     */
    public BackupRoutes(Panel panel, SessionCookie cookie, RestoreInPlace restoreInPlace) {
        this.panel = panel;
        this.cookie = cookie;
        this.restoreInPlace = restoreInPlace;
    }

    /** The routes. */
    public List<Route> routes() {
        Schema backup = ViewSchemas.of(BackupView.class);
        return List.of(
                Route.api(Method.GET, "/backups", "backup.list", READ)
                        .summary("Backups in the directory for them, the newest first")
                        .paged()
                        .answers(200, ViewSchemas.listing(BackupView.class))
                        .handledBy(this::list),
                Route.api(Method.POST, "/backups", "backup.create", WRITE)
                        .summary(
                                "Make a backup of one instant of everything, check it, and copy it to the second directory if there is"
                                        + " one. Answers when it is there, which takes"
                                        + " some seconds for each gigabyte; a job backup.create does the same in the background")
                        .mayTake(CREATION)
                        .answers(201, backup)
                        .handledBy(this::create),
                Route.api(Method.GET, "/backups/{id}", "backup.show", READ)
                        .summary("One backup")
                        .answers(200, backup)
                        .handledBy(this::show),
                Route.api(Method.DELETE, "/backups/{id}", "backup.remove", WRITE)
                        .summary("Remove a backup for good")
                        .answers(204)
                        .handledBy(this::remove),
                Route.api(Method.POST, "/backups/{id}/verify", "backup.verify", WRITE)
                        .summary("Check a backup; answers what was found")
                        .takes(VERIFICATION)
                        .answers(200, ViewSchemas.of(BackupView.BackupCheckView.class))
                        .handledBy(this::verify),
                Route.api(Method.POST, "/backups/{id}/restore", "backup.restore", RESTORE)
                        .summary(
                                "Put a backup in the place of everything, after a backup of what is there. Answers when that is done;"
                                        + " all other requests are refused meanwhile, and all sessions have ended then. Or bring"
                                        + " back one site, or the settings only, while everything goes on")
                        .mayTake(RESTORATION)
                        .answers(200, RESTORED)
                        .handledBy(this::restore));
    }

    private Reply list(Call call) {
        PageRequest wanted = call.page();
        Optional<BackupName> after = wanted.after().map(BackupRoutes::name);
        List<Backup> rest = panel.backups().list(call.actor()).stream()
                .filter(backup -> after.isEmpty() || backup.name().compareTo(after.get()) < 0)
                .limit(wanted.limit() + 1L)
                .toList();
        return Reply.ok(Listing.of(
                Page.of(rest, wanted.limit(), backup -> Cursor.of(backup.name().value())), BackupView::of));
    }

    private Reply create(Call call) {
        BackupMethod method =
                call.body().optional("method", BackupMethod::ofWireName).orElse(BackupMethod.ONLINE);
        Backup made = panel.backups()
                .create(call.actor(), BackupTrigger.ON_DEMAND, method, Optional.empty(), CreateProgress.NONE);
        panel.backups().copies().make(call.actor(), CreateProgress.NONE);
        return Reply.created("/api/v1/backups/" + made.name(), BackupView.of(made));
    }

    private Reply show(Call call) {
        return Reply.ok(BackupView.of(panel.backups().find(call.actor(), name(call))));
    }

    private Reply remove(Call call) {
        panel.backups().remove(call.actor(), name(call));
        return Reply.done();
    }

    private Reply verify(Call call) {
        boolean restore = call.body().truth("restoreTest").orElse(false);
        return Reply.ok(BackupView.BackupCheckView.of(
                panel.backups().verify(call.actor(), name(call), restore, CreateProgress.NONE)));
    }

    private Reply restore(Call call) {
        Optional<HostName> site = call.body().optional("site", HostName::new);
        boolean settings = call.body().truth("settings").orElse(false);
        if (site.isPresent() && settings) {
            throw new InvalidValueException("settings", "must not be given beside site: restore one after the other");
        }
        if (site.isPresent()) {
            return Reply.ok(new PartRestoredView(
                    panel.partialRestore().site(call.actor(), name(call), site.get(), CreateProgress.NONE)));
        }
        if (settings) {
            return Reply.ok(new PartRestoredView(
                    panel.partialRestore().settings(call.actor(), name(call), CreateProgress.NONE)));
        }
        return restoreAll(call);
    }

    private Reply restoreAll(Call call) {
        panel.backups().requireRestorable(call.actor(), name(call));
        Reply done = Reply.ok(RestoredView.of(restoreInPlace.restore(call.actor(), name(call))));
        return call.signedIn().session().isPresent() ? done.with("Set-Cookie", cookie.end()) : done;
    }

    private static BackupName name(Cursor cursor) {
        try {
            return new BackupName(cursor.text(0));
        } catch (InvalidValueException e) {
            throw new InvalidValueException("cursor", "belongs to another list");
        }
    }

    private static BackupName name(Call call) {
        return call.id("id", "backup", BackupName::new);
    }
}
