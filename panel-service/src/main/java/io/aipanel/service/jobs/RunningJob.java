package io.aipanel.service.jobs;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.service.Json;
import java.util.Optional;

/** A job in the hands of its handler. Safe for use by many threads. */
public final class RunningJob {

    private final ClaimedJob claimed;
    private volatile Optional<JsonText> result = Optional.empty();
    private volatile boolean leaseLost;

    RunningJob(ClaimedJob claimed) {
        this.claimed = claimed;
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
     * Whether the handler should stop: the lease is lost, so another worker may run the job, and whatever this one still
     * does no longer counts.
     */
    public boolean isLeaseLost() {
        return leaseLost;
    }

    Lease lease() {
        return claimed.lease();
    }

    Optional<JsonText> result() {
        return result;
    }

    void leaseIsLost() {
        leaseLost = true;
    }
}
