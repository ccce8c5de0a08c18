package io.aipanel.service.jobs;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobLog;
import io.aipanel.domain.jobs.JobReport;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.LogLine;
import io.aipanel.domain.jobs.Progress;
import io.aipanel.service.Json;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job in the hands of its handler. What the handler tells of its progress and writes to the log is stored about once a
 * second, and at the end. Safe for use by many threads.
 */
public final class RunningJob {

    private final ClaimedJob claimed;
    private final InstantSource clock;
    private final Deque<LogLine> lines = new ArrayDeque<>();
    private Optional<Progress> progress = Optional.empty();
    private volatile Optional<JsonText> result = Optional.empty();
    private volatile boolean leaseLost;
    private volatile @Nullable Stop stop;
    private @Nullable Thread runner;

    RunningJob(ClaimedJob claimed, InstantSource clock) {
        this.claimed = claimed;
        this.clock = clock;
    }

    /** The job as it was when it was claimed. */
    public Job job() {
        return claimed.job();
    }

    /** What the job is about, a JSON text. */
    public String payload() {
        return claimed.job().payload().value();
    }

    /** Which attempt this is, from 1. */
    public int attempt() {
        return claimed.job().attempt();
    }

    /**
     * Says what the job came to. The last call counts, and only if the handler ends well.
     *
     * @param json a JSON text
     * @throws io.aipanel.domain.InvalidValueException if it is not JSON
     */
    public void result(String json) {
        result = Optional.of(Json.requireValid("result", new JsonText(json)));
    }

    /**
     * Says how far the job is.
     *
     * @param percent 0 to 100
     * @param text what it is doing, one line; only the first {@value Progress#MAX_TEXT_BYTES} UTF-8 bytes are kept
     * @throws io.aipanel.domain.InvalidValueException if the percentage is out of range
     */
    public void progress(int percent, String text) {
        Progress told = new Progress(percent, text);
        synchronized (lines) {
            progress = Optional.of(told);
        }
    }

    /**
     * Writes a line to the job's log. Of more than {@value JobLog#MAX_LINES} the newest are kept, of a longer line the
     * first {@value LogLine#MAX_BYTES} UTF-8 bytes.
     */
    public void log(String line) {
        LogLine written = new LogLine(clock.instant(), line);
        synchronized (lines) {
            if (lines.size() == JobLog.MAX_LINES) {
                lines.removeFirst();
            }
            lines.addLast(written);
        }
    }

    /** Whether somebody has asked for the job's end. Its handler was interrupted once, too. */
    public boolean isCancelled() {
        return stop == Stop.CANCELLED;
    }

    /**
     * Whether the lease is lost, so that another worker may run the job, and whatever this one still does no longer
     * counts.
     */
    public boolean isLeaseLost() {
        return leaseLost;
    }

    /**
     * Whether the handler should stop, for whatever reason: cancelled, out of time, the lease lost, or the panel being
     * closed and the grace period over.
     */
    public boolean shouldStop() {
        return leaseLost || stop != null;
    }

    Lease lease() {
        return claimed.lease();
    }

    Optional<JsonText> result() {
        return result;
    }

    /** Why the handler was told to stop; empty if it was not. */
    Optional<Stop> stopped() {
        return Optional.ofNullable(stop);
    }

    /** What was told since this was last asked; empty if nothing was. */
    Optional<JobReport> takeReport() {
        synchronized (lines) {
            if (lines.isEmpty() && progress.isEmpty()) {
                return Optional.empty();
            }
            JobReport report = new JobReport(lease(), progress, List.copyOf(lines));
            lines.clear();
            progress = Optional.empty();
            return Optional.of(report);
        }
    }

    /** From now on the present thread is the one to interrupt. */
    synchronized void begin() {
        runner = Thread.currentThread();
        if (stop != null) {
            runner.interrupt();
        }
    }

    /** From now on nobody is; the thread is rid of an interrupt that was meant for this job, or left by its handler. */
    synchronized void end() {
        runner = null;
        Thread.interrupted();
    }

    /** Tells the handler to stop, and interrupts it once. Of several reasons the first counts. */
    synchronized void stop(Stop why) {
        if (stop != null) {
            return;
        }
        stop = why;
        if (runner != null) {
            runner.interrupt();
        }
    }

    void leaseIsLost() {
        leaseLost = true;
    }

    /** Why a handler was told to stop. */
    enum Stop {
        CANCELLED,
        TIMED_OUT,
        CLOSING
    }
}
