package io.aipanel.service.backup;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is measured of backups. */
public final class BackupMeters {

    private static final Logger LOG = LoggerFactory.getLogger(BackupMeters.class);

    private final Backups backups;
    private final InstantSource clock;
    private final MultiGauge age;

    /** For {@link io.aipanel.service.Panel}. */
    public BackupMeters(MeterRegistry registry, Backups backups, InstantSource clock) {
        this.backups = backups;
        this.clock = clock;
        this.age = MultiGauge.builder("panel.backup.age")
                .description("How old the instant is that the newest sound backup holds")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Looks at the backups; without a sound one there is no age. */
    public void show() {
        try {
            age.register(
                    backups.newestSound().stream()
                            .map(at -> MultiGauge.Row.of(
                                    Tags.empty(),
                                    Duration.between(at, clock.instant()).toSeconds()))
                            .toList(),
                    true);
        } catch (BackupFailed e) {
            LOG.warn("How old the newest backup is cannot be told: {}", e.getMessage());
            forget();
        }
    }

    /** Shows no age any more: the registry may outlive the panel. */
    public void forget() {
        age.register(List.of(), true);
    }
}
