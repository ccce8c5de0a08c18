package io.aipanel.service.jobs;

import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.ScheduleName;
import java.time.ZoneId;

/**
 * A schedule that somebody wishes.
 *
 * @param name identifies it
 * @param cron when, in the five fields of {@code crontab(5)}: minute, hour, day of the month, month, day of the week; or
 *     {@code @hourly}, {@code @daily}, {@code @weekly}, {@code @monthly}, {@code @yearly}
 * @param zone whose clock the fields are about
 * @param job what is enqueued; it has neither a time nor a delay
 */
public record NewSchedule(ScheduleName name, String cron, ZoneId zone, NewJob job) {}
