package io.aipanel.service.backup;

import io.aipanel.domain.backup.BackupName;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteDatabase;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.ports.hosting.HostingRepository;
import io.aipanel.ports.settings.SettingsRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.service.NotFound;
import io.aipanel.service.audit.Details;
import io.aipanel.service.iam.Access;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.storage.Change;
import io.aipanel.service.storage.Changes;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings a part of what a backup holds back into a panel that goes on, and leaves everything else as it is. Safe for use by
 * many threads and processes.
 */
public final class PartialRestore {

    private final BackupOptions options;
    private final StorageOptions storageOptions;
    private final Engines engines;
    private final Changes changes;
    private final Access access;

    /** For {@link io.aipanel.service.Panel}. */
    public PartialRestore(
            BackupOptions options, StorageOptions storageOptions, Engines engines, Changes changes, Access access) {
        this.options = options;
        this.storageOptions = storageOptions;
        this.engines = engines;
        this.changes = changes;
        this.access = access;
    }

    /**
     * Brings back a site with the records of its databases, as they were. Databases that it has got since stay.
     *
     * @param actor who wants it
     * @param name the backup
     * @param hostName the site's name in the backup, or an alias
     * @param progress hears how far it is
     * @return what was brought back, in words
     * @throws NotFound if there is no such backup, or no such site in it
     * @throws io.aipanel.ports.storage.AlreadyExists if a name of it belongs to another site by now, or a database's does
     * @throws io.aipanel.ports.storage.BrokenReference if its owner is not there any more
     * @throws BackupsBusy if a backup is being made, checked or removed
     * @throws BackupFailed if the backup is not as it was made, or is of an engine that is not there
     * @throws UnsupportedOperationException if the engine cannot look into its copies; the message says what can be done
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#BACKUPS_RESTORE}
     */
    public List<String> site(Actor actor, BackupName name, HostName hostName, CreateProgress progress) {
        return restore(actor, name, "site:" + hostName, backup -> siteOf(backup, hostName), progress);
    }

    /**
     * Brings back all settings as they were. Those that nobody had set then have their defaults again.
     *
     * @param actor who wants it
     * @param name the backup
     * @param progress hears how far it is
     * @return the names of the settings that were changed by that
     * @throws NotFound if there is no such backup
     * @throws BackupsBusy if a backup is being made, checked or removed
     * @throws BackupFailed if the backup is not as it was made, or is of an engine that is not there
     * @throws UnsupportedOperationException if the engine cannot look into its copies; the message says what can be done
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#BACKUPS_RESTORE}
     */
    public List<String> settings(Actor actor, BackupName name, CreateProgress progress) {
        return restore(actor, name, "settings", PartialRestore::settingsOf, progress);
    }

    private List<String> restore(
            Actor actor,
            BackupName name,
            String part,
            Function<Storage, Function<Change, List<String>>> reader,
            CreateProgress progress) {
        access.require(actor, Permission.BACKUPS_RESTORE, Restore.ACTION);
        ArchiveDirectory archives = ArchiveDirectory.of(options);
        Archive archive = archives.archive(name);
        Function<Change, List<String>> work =
                archives.exclusively(() -> read(archives, archive, name, reader, progress));
        return changes.make(actor, change -> {
            List<String> done = work.apply(change);
            change.record(Restore.ACTION, name.value(), Details.of("part", part).and("changed", done));
            return done;
        });
    }

    private <T> T read(
            ArchiveDirectory archives,
            Archive archive,
            BackupName name,
            Function<Storage, T> reader,
            CreateProgress progress)
            throws IOException {
        engines.own().whyCopiesStayClosed(storageOptions).ifPresent(why -> {
            throw new UnsupportedOperationException(why);
        });
        return new BroughtBack(engines, new Scratch(options.scratch()))
                .use(archives, archive, name, Optional.empty(), progress, (manifest, copies) -> {
                    try (Storage backup = engines.own().openCopies(copies, storageOptions)) {
                        return reader.apply(backup);
                    }
                });
    }

    private static Function<Change, List<String>> siteOf(Storage backup, HostName hostName) {
        Site site = backup.hosting()
                .siteByHostName(hostName)
                .orElseThrow(() -> new NotFound("site " + hostName + " in the backup"));
        List<SiteDatabase> databases = backup.hosting().databases(site.id());
        return change -> bringBack(change.hosting(), site, databases, change.now());
    }

    /** What was added to the site since stays: a record that is removed here would not remove the database itself. */
    private static List<String> bringBack(
            HostingRepository hosting, Site site, List<SiteDatabase> databases, Instant now) {
        List<String> done = new ArrayList<>();
        Optional<Site> present = hosting.site(site.id());
        if (present.isEmpty()) {
            hosting.addSite(site);
            done.add("the site " + site.hostName() + ", which was gone");
        } else {
            hosting.updateSite(new Site(
                    site.id(),
                    site.hostName(),
                    site.aliases(),
                    site.documentRoot(),
                    site.phpVersion(),
                    site.systemUser(),
                    site.owner(),
                    site.status(),
                    site.createdAt(),
                    now,
                    present.get().version()));
            done.add("the site " + site.hostName());
        }
        for (SiteDatabase database : databases) {
            if (hosting.database(database.id()).isEmpty()) {
                hosting.addDatabase(database);
                done.add("the record of the database " + database.name() + ", which was gone");
            }
        }
        return done;
    }

    private static Function<Change, List<String>> settingsOf(Storage backup) {
        Map<SettingName, StoredSetting> wanted = byName(backup.settings());
        return change -> bringBack(change.settings(), wanted, change.now());
    }

    private static List<String> bringBack(
            SettingsRepository settings, Map<SettingName, StoredSetting> wanted, Instant now) {
        List<String> done = new ArrayList<>();
        Map<SettingName, StoredSetting> present = byName(settings);
        wanted.forEach((name, setting) -> {
            if (!isSame(setting, present.get(name))) {
                settings.put(new StoredSetting(name, setting.value(), setting.secret(), now));
                done.add(name.value());
            }
        });
        present.keySet().stream().filter(name -> !wanted.containsKey(name)).forEach(name -> {
            settings.remove(name);
            done.add(name.value());
        });
        return done;
    }

    private static boolean isSame(StoredSetting one, @Nullable StoredSetting other) {
        return other != null && one.value().equals(other.value()) && one.secret() == other.secret();
    }

    private static Map<SettingName, StoredSetting> byName(SettingsRepository settings) {
        return settings.settings().stream()
                .collect(Collectors.toMap(
                        StoredSetting::name, Function.identity(), (one, other) -> other, TreeMap::new));
    }
}
