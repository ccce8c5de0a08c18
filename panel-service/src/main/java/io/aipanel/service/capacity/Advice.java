package io.aipanel.service.capacity;

import io.aipanel.domain.capacity.Forecast;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdState;

/** What to do about the state of a threshold. */
public final class Advice {

    /** A move wants to be planned for a quarter. */
    private static final int SOON_DAYS = 90;

    private static final String MOVE = "the panel belongs on PostgreSQL (docs/postgresql.md)";

    private Advice() {}

    /**
     * The same, and while nothing is wrong a word in time if the limit will be reached soon.
     *
     * @param forecast for how long the limit will do
     */
    public static String on(Threshold threshold, ThresholdState state, Forecast forecast) {
        boolean soon = forecast instanceof Forecast.Trend trend
                && trend.limit().filter(limit -> limit.days() <= SOON_DAYS).isPresent();
        return state == ThresholdState.OK && soon
                ? "Nothing is wrong yet, but this will not do for long. " + remedy(threshold)
                : on(threshold, state);
    }

    /** One or two sentences for people, with the commands that help. */
    public static String on(Threshold threshold, ThresholdState state) {
        return switch (state) {
            case OK -> "Nothing has to be done.";
            case UNKNOWN -> "Nobody has measured for long enough to say: see whether panel serve runs, and since when.";
            case WARNING -> "There is time left, but plan for it. " + remedy(threshold);
            case BREACHED -> "Do not wait with this. " + remedy(threshold);
        };
    }

    private static String remedy(Threshold threshold) {
        return switch (threshold) {
            case JOBS_PER_MINUTE ->
                "See with panel jobs stats which jobs are so many, and put together those that can be one"
                        + " job; if they are all needed, " + MOVE + ".";
            case AUDIT_BYTES ->
                "Remove old events with panel audit cut after exporting what has to be kept; if all of them have"
                        + " to stay, " + MOVE + ".";
            case WRITE_P95 ->
                "See whether something else keeps the disk busy, such as a backup, and whether it is slow at"
                        + " syncing; if it is the panel's own load, " + MOVE + ".";
            case SESSIONS ->
                "See whether so many people really work at once, or whether a program logs in anew with each request"
                        + " and should use an API token; if it is people, " + MOVE + ".";
        };
    }
}
