package io.aipanel.service.backup;

import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.backup.BackupName;
import io.aipanel.domain.iam.Permission;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.service.audit.Details;
import io.aipanel.service.iam.Access;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.storage.Changes;
import io.aipanel.service.storage.Condition;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A second directory with backups, on another disk or another machine's: finished ones are copied there. What fails there does
 * not touch the first one. Safe for use by many threads and processes.
 */
public final class BackupCopies {

    private final Optional<ArchiveDirectory> from;
    private final Optional<ArchiveDirectory> to;
    private final Changes changes;
    private final Access access;
    private final InstantSource clock;

    BackupCopies(
            Optional<ArchiveDirectory> from,
            Optional<ArchiveDirectory> to,
            Changes changes,
            Access access,
            InstantSource clock) {
        this.from = from;
        this.to = from.flatMap(first -> to);
        this.changes = changes;
        this.access = access;
        this.clock = clock;
    }

    /**
     * All backups in the second directory, the newest first; none without such a directory, or if it is not there.
     *
     * @throws BackupFailed if the directory cannot be read
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#BACKUPS_READ}
     */
    public List<Backup> list(Actor actor) {
        access.require(actor, Permission.BACKUPS_READ, "backup.list");
        return to.stream().flatMap(ArchiveDirectory::newestFirst).toList();
    }

    /**
     * Copies what is not there yet and would be kept there, the newest first; also what earlier calls have failed to copy. Each
     * is whole, or not there. Does nothing without a second directory.
     *
     * @param progress hears how far it is
     * @return what was copied
     * @throws BackupNotCopied if something could not be copied; that is recorded, and the message says why
     * @throws BackupsBusy if somebody else works in that directory
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#BACKUPS_WRITE}
     */
    public List<BackupName> make(Actor actor, CreateProgress progress) {
        access.require(actor, Permission.BACKUPS_WRITE, "backup.copy");
        if (to.isEmpty()) {
            return List.of();
        }
        ArchiveDirectory target = to.get();
        ArchiveCopier copier = new ArchiveCopier(from.orElseThrow(), target);
        List<BackupName> copied = new ArrayList<>();
        try {
            return target.exclusively(() -> {
                for (Backup backup : copier.missing(Retention.DEFAULT, ZoneOffset.UTC)) {
                    copier.copy(backup, progress);
                    copied.add(backup.name());
                    record(actor, "backup.copy", backup.name().value(), AuditOutcome.SUCCESS, to(target));
                }
                return copied;
            });
        } catch (BackupFailed | StoreException e) {
            BackupNotCopied failure = new BackupNotCopied(
                    "the backups in " + from.orElseThrow().path() + " are as they were, but not all have a copy: "
                            + e.getMessage(),
                    e);
            recordFailure(actor, target, failure);
            throw failure;
        }
    }

    /**
     * Removes from the second directory what need not be kept there, by the rules of {@link Backups#prune}. Does nothing without
     * one.
     *
     * @return which ones were removed
     * @throws BackupsBusy if somebody else works in that directory
     * @throws BackupFailed if the directory is not there, or one cannot be removed
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#BACKUPS_WRITE}
     */
    public List<BackupName> prune(Actor actor) {
        access.require(actor, Permission.BACKUPS_WRITE, "backup.prune");
        if (to.isEmpty()) {
            return List.of();
        }
        ArchiveDirectory target = to.get();
        return target.exclusively(() -> {
            List<BackupName> expired =
                    Retention.DEFAULT.expired(target.newestFirst().toList(), ZoneOffset.UTC);
            for (BackupName name : expired) {
                target.remove(name);
                record(actor, "backup.prune", name.value(), AuditOutcome.SUCCESS, to(target));
            }
            return expired;
        });
    }

    /**
     * The instant that the newest sound copy holds; empty if there is none, no second directory, or that is not there.
     *
     * @throws BackupFailed if the directory cannot be read
     */
    public Optional<Instant> newestSound() {
        return to.flatMap(target -> target.newestSound(latest())).flatMap(Backup::at);
    }

    /**
     * Whether the second directory is there, and has as young a backup as the first.
     *
     * @throws BackupFailed if a directory cannot be read
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#BACKUPS_READ}
     */
    public Condition condition(Actor actor) {
        access.require(actor, Permission.BACKUPS_READ, "backup.list");
        if (to.isEmpty()) {
            return Condition.well("no second directory");
        }
        ArchiveDirectory target = to.get();
        try {
            target.requireThere();
        } catch (BackupFailed e) {
            return Condition.wrong(String.valueOf(e.getMessage()));
        }
        Optional<BackupName> wanted =
                from.flatMap(first -> first.newestSound(latest())).map(Backup::name);
        List<Backup> sound = target.newestFirst().filter(Backup::isSound).toList();
        if (wanted.isPresent() && sound.stream().noneMatch(copy -> copy.name().equals(wanted.get()))) {
            return Condition.wrong("the newest backup, " + wanted.get() + ", has no sound copy in " + target.path()
                    + ": panel backup copy makes it, or says why it cannot");
        }
        return Condition.well(sound.stream()
                .findFirst()
                .map(newest -> "the newest sound one is " + newest.name())
                .orElse("none yet"));
    }

    private Instant latest() {
        return clock.instant().plus(Backups.OLDEST);
    }

    private static Details to(ArchiveDirectory target) {
        return Details.of("directory", target.path().toString());
    }

    private void recordFailure(Actor actor, ArchiveDirectory target, RuntimeException failure) {
        try {
            record(
                    actor,
                    "backup.copy",
                    "",
                    AuditOutcome.FAILURE,
                    to(target).and("why", String.valueOf(failure.getMessage())));
        } catch (StoreException e) {
            failure.addSuppressed(e);
        }
    }

    private void record(Actor actor, String action, String target, AuditOutcome outcome, Details details) {
        changes.make(actor, change -> {
            change.record(action, target, outcome, details);
            return target;
        });
    }
}
