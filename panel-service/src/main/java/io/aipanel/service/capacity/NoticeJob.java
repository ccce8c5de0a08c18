package io.aipanel.service.capacity;

import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.service.jobs.BuiltInJobs;
import io.aipanel.service.jobs.HandlerOptions;
import io.aipanel.service.jobs.JobHandler;
import io.aipanel.service.jobs.RunningJob;
import io.aipanel.service.settings.PanelSettings;
import io.aipanel.service.settings.SettingValues;
import java.time.Duration;

/** Tells one notifier of one change, as a job that {@link CapacityNotices} has enqueued. */
public final class NoticeJob implements JobHandler {

    /** The type of the jobs. */
    public static final String TYPE = "capacity.notify";

    /** In the panel's own queue; tried again after ten seconds, then ever more slowly, for about a day. */
    public static final HandlerOptions OPTIONS = HandlerOptions.DEFAULT
            .queue(BuiltInJobs.QUEUE.value())
            .retry(new RetryPolicy(15, Duration.ofSeconds(10), Duration.ofHours(6)))
            .timeout(Duration.ofMinutes(1));

    private final CapacityOptions options;
    private final SettingValues settings;

    /**
     * @param options who is told
     * @param settings know what the panel calls itself
     */
    public NoticeJob(CapacityOptions options, SettingValues settings) {
        this.options = options;
        this.settings = settings;
    }

    @Override
    public void run(RunningJob job) throws Exception {
        NoticePayload payload = NoticePayload.parse(job.payload());
        for (CapacityNotifier notifier : options.notifiers()) {
            if (notifier.name().equals(payload.notifier())) {
                notifier.tell(CapacityNotice.of(
                        payload.id(), payload.change(), settings.value(PanelSettings.NAME), options.url()));
                job.result("{\"told\": true}");
                return;
            }
        }
        // Taken out of the configuration since then, which is no failure that somebody should look after.
        job.log("nobody is called " + payload.notifier() + " any more");
        job.result("{\"told\": false}");
    }
}
