package io.aipanel.service.jobs;

import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.jobs.Schedule;
import io.aipanel.domain.jobs.ScheduleName;
import io.aipanel.ports.jobs.ScheduleRepository;
import io.aipanel.ports.storage.AlreadyExists;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.Json;
import io.aipanel.service.NotFound;
import io.aipanel.service.audit.Details;
import io.aipanel.service.iam.Access;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.storage.QueueChanges;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Keeps schedules: jobs that are enqueued again and again. Safe for use by many threads. */
public final class Schedules {

    private final ScheduleRepository schedules;
    private final QueueChanges changes;
    private final Access access;

    /** For {@link io.aipanel.service.Panel}. */
    public Schedules(Storage storage, QueueChanges changes, Access access) {
        this.schedules = storage.schedules();
        this.changes = changes;
        this.access = access;
    }

    /**
     * All schedules, by name in code point order.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#JOBS_READ}
     */
    public List<Schedule> list(Actor actor) {
        access.require(actor, Permission.JOBS_READ, "schedule.list");
        return schedules.schedules();
    }

    /**
     * The schedule with a name.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#JOBS_READ}
     */
    public Optional<Schedule> find(Actor actor, ScheduleName name) {
        access.require(actor, Permission.JOBS_READ, "schedule.show");
        return schedules.schedule(name);
    }

    /**
     * Adds a schedule.
     *
     * @return the schedule, with the time it is next due
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#JOBS_MANAGE}
     * @throws AlreadyExists if there is one of its name
     * @throws io.aipanel.domain.InvalidValueException if the cron fields cannot be read or never come true, or the payload
     *     is not JSON
     */
    public Schedule add(Actor actor, NewSchedule wanted) {
        return keep(actor, wanted, "schedule.add", (store, schedule) -> {
            if (!store.add(schedule)) {
                throw new AlreadyExists("name", "there is a schedule " + schedule.name() + " already", null);
            }
        });
    }

    /**
     * Adds a schedule, or replaces the one of its name.
     *
     * @return the schedule, with the time it is next due
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#JOBS_MANAGE}
     * @throws io.aipanel.domain.InvalidValueException if the cron fields cannot be read or never come true, or the payload
     *     is not JSON
     */
    public Schedule put(Actor actor, NewSchedule wanted) {
        return keep(actor, wanted, "schedule.put", ScheduleRepository::put);
    }

    private Schedule keep(
            Actor actor, NewSchedule wanted, String action, BiConsumer<ScheduleRepository, Schedule> keeping) {
        access.require(actor, Permission.JOBS_MANAGE, action);
        Json.requireValid("payload", wanted.job().payload());
        Schedule schedule = planned(wanted, schedules);
        changes.make(actor, change -> {
            keeping.accept(change.schedules(), schedule);
            Details details = Details.of("cron", schedule.cron())
                    .and("zone", schedule.zone().getId())
                    .and("type", schedule.job().type().value())
                    .and("queue", schedule.job().queue().value());
            change.record(action, "schedule:" + schedule.name(), details);
            return schedule;
        });
        return schedule;
    }

    /**
     * Removes a schedule. What it has enqueued stays. One of the panel's own comes back with the next start.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#JOBS_MANAGE}
     * @throws NotFound if there is none
     */
    public void remove(Actor actor, ScheduleName name) {
        access.require(actor, Permission.JOBS_MANAGE, "schedule.remove");
        boolean removed = changes.make(actor, change -> {
            boolean was = change.schedules().remove(name);
            if (was) {
                change.record("schedule.remove", "schedule:" + name, Details.none());
            }
            return was;
        });
        if (!removed) {
            throw new NotFound("schedule " + name);
        }
    }

    /** A schedule that has not run yet. */
    static Schedule planned(NewSchedule wanted, ScheduleRepository schedules) {
        Cron cron = Cron.parse(wanted.cron());
        Optional<ZonedDateTime> first = cron.next(schedules.now().atZone(wanted.zone()));
        if (first.isEmpty()) {
            throw Cron.never(wanted.cron());
        }
        return new Schedule(
                wanted.name(),
                wanted.cron(),
                wanted.zone(),
                wanted.job(),
                first.map(ZonedDateTime::toInstant),
                Optional.empty(),
                Optional.empty());
    }
}
