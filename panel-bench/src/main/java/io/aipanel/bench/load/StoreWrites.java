package io.aipanel.bench.load;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.service.Panel;
import io.aipanel.service.iam.Actor;
import java.time.Instant;
import java.util.Optional;

/**
 * Small writes to all three stores in turn: a setting, an event, a job that nobody handles. Safe for use by many threads.
 *
 * @param panel whose stores
 */
public record StoreWrites(Panel panel) {

    /** How many stores there are: a number that this divides is written to the panel store. */
    public static final int STORES = 3;

    private static final SettingName SETTING = new SettingName("bench.number");
    private static final Actor ACTOR = Actor.program("bench");

    /**
     * Writes one, and returns when it is durable.
     *
     * @param number decides to which store
     */
    public void write(long number) {
        switch ((int) (number % STORES)) {
            case 0 ->
                panel.changes().make(ACTOR, change -> {
                    change.settings().put(new StoredSetting(SETTING, Long.toString(number), false, change.now()));
                    return number;
                });
            case 1 ->
                panel.audit()
                        .record(new NewAuditEvent(
                                Instant.now(),
                                ACTOR.name(),
                                "bench.write",
                                "number:" + number,
                                AuditOutcome.SUCCESS,
                                Optional.empty(),
                                Optional.empty(),
                                JsonText.EMPTY_OBJECT));
            default -> panel.jobs().enqueue(NewJob.of("bench").queue("nobody"));
        }
    }
}
