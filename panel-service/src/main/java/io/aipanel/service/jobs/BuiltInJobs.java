package io.aipanel.service.jobs;

import io.aipanel.domain.backup.BackupName;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.ScheduleName;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.Json;
import io.aipanel.service.backup.Backup;
import io.aipanel.service.backup.Backups;
import io.aipanel.service.backup.Check;
import io.aipanel.service.backup.CreateProgress;
import io.aipanel.service.capacity.NoticeJob;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.Sessions;
import io.aipanel.service.settings.PanelSettings;
import io.aipanel.service.settings.SettingValues;
import io.aipanel.service.versions.Components;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the panel does by itself, as jobs in a queue of its own: seen, retried and scheduled like any others. */
public final class BuiltInJobs {

    /** Where they wait. */
    public static final QueueName QUEUE = new QueueName("panel");

    private static final HandlerOptions OPTIONS =
            HandlerOptions.DEFAULT.queue(QUEUE.value()).timeout(Duration.ofHours(1));

    /** So many finished jobs are removed in one transaction: few enough for others not to wait noticeably. */
    private static final int PRUNED_AT_ONCE = 2_000;

    private final Storage storage;
    private final SettingValues settings;
    private final Sessions sessions;
    private final Components components;
    private final Backups backups;
    private final NoticeJob notices;

    /** For {@link io.aipanel.service.Panel}. */
    public BuiltInJobs(
            Storage storage,
            SettingValues settings,
            Sessions sessions,
            Components components,
            Backups backups,
            NoticeJob notices) {
        this.storage = storage;
        this.settings = settings;
        this.sessions = sessions;
        this.components = components;
        this.backups = backups;
        this.notices = notices;
    }

    /** Handles them from now on, and plans those that nobody has planned otherwise. */
    public void start(Jobs jobs) {
        jobs.handle("versions.refresh", OPTIONS, this::refreshVersions);
        jobs.handle("sessions.sweep", OPTIONS, this::sweepSessions);
        jobs.handle("jobs.prune", OPTIONS, this::pruneJobs);
        jobs.handle(NoticeJob.TYPE, NoticeJob.OPTIONS, notices);
        plan("versions.refresh", "17 3 * * *");
        plan("sessions.sweep", "7 * * * *");
        plan("jobs.prune", "37 * * * *");
        if (backups.isPossible()) {
            jobs.handle("backup.create", OPTIONS, this::backUp);
            jobs.handle("backup.verify", OPTIONS, this::verifyBackup);
            plan("backup.create", "0 2 * * *");
            plan("backup.verify", "0 4 * * 0");
        }
    }

    /** With a unique key: a run that takes longer than usual is not overtaken by the next. */
    private void plan(String type, String cron) {
        ScheduleName name = new ScheduleName(type);
        if (storage.schedules().schedule(name).isEmpty()) {
            NewJob job = NewJob.of(type).queue(QUEUE.value()).uniqueKey("scheduled");
            storage.schedules()
                    .add(Schedules.planned(new NewSchedule(name, cron, ZoneId.of("UTC"), job), storage.schedules()));
        }
    }

    private void refreshVersions(RunningJob job) {
        int found = components.refresh(actor(job)).size();
        job.result("{\"components\": " + found + "}");
    }

    private static Actor actor(RunningJob job) {
        return Actor.program("job:" + job.job().id());
    }

    /** Those that need not be kept go only after a new one is there, and whether or not it can be copied. */
    private void backUp(RunningJob job) {
        Actor actor = actor(job);
        CreateProgress progress = (what, done, all) -> job.progress(all == 0 ? 0 : (int) (100 * done / all), what);
        BackupName made = madeBefore(job)
                .orElseGet(() -> backups.create(actor, BackupTrigger.SCHEDULED, Optional.empty(), progress)
                        .name());
        List<BackupName> removed = backups.prune(actor);
        List<BackupName> copied = backups.copies().make(actor, progress);
        backups.copies().prune(actor);
        job.result(Json.write(Map.of(
                        "name", made.value(),
                        "removed", removed.stream().map(BackupName::value).toList(),
                        "copied", copied.stream().map(BackupName::value).toList()))
                .value());
    }

    /** What an earlier attempt has made, and could perhaps not copy. */
    private Optional<BackupName> madeBefore(RunningJob job) {
        if (job.attempt() == 1) {
            return Optional.empty();
        }
        return backups.list(actor(job)).stream()
                .filter(Backup::isSound)
                .filter(backup -> backup.manifest()
                        .filter(manifest -> manifest.trigger() == BackupTrigger.SCHEDULED)
                        .filter(manifest -> !manifest.at().isBefore(job.job().createdAt()))
                        .isPresent())
                .map(Backup::name)
                .findFirst();
    }

    /** What is wrong with it makes the job fail, so that somebody sees it. */
    private void verifyBackup(RunningJob job) {
        Optional<Check> check = backups.verifyNewest(actor(job), (what, done, all) -> {});
        check.filter(found -> !found.passed()).ifPresent(found -> {
            throw new IllegalStateException("the newest backup is not sound: " + String.join("; ", found.problems()));
        });
        job.result("{\"verified\": " + check.isPresent() + "}");
    }

    private void sweepSessions(RunningJob job) {
        job.result("{\"removed\": " + sessions.sweep() + "}");
    }

    private void pruneJobs(RunningJob job) {
        long completed = prune(job, List.of(JobState.COMPLETED), settings.value(PanelSettings.KEEP_COMPLETED));
        long others =
                prune(job, List.of(JobState.DEAD_LETTER, JobState.CANCELLED), settings.value(PanelSettings.KEEP_ENDED));
        job.result("{\"completed\": " + completed + ", \"others\": " + others + "}");
    }

    private long prune(RunningJob job, List<JobState> states, Duration kept) {
        JobQueueRepository jobs = storage.jobs();
        long removed = 0;
        for (JobState state : states) {
            int part;
            do {
                part = jobs.prune(state, storage.schedules().now().minus(kept), PRUNED_AT_ONCE);
                removed += part;
            } while (part == PRUNED_AT_ONCE && !job.shouldStop());
        }
        return removed;
    }
}
