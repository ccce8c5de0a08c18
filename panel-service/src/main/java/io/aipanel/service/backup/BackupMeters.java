package io.aipanel.service.backup;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is measured of backups. */
public final class BackupMeters {

    private static final Logger LOG = LoggerFactory.getLogger(BackupMeters.class);

    private final Backups backups;
    private final InstantSource clock;
    private final MultiGauge age;
    private final MultiGauge copyAge;

    /** For {@link io.aipanel.service.Panel}. */
    public BackupMeters(MeterRegistry registry, Backups backups, InstantSource clock) {
        this.backups = backups;
        this.clock = clock;
        this.age = gauge(registry, "panel.backup.age", "How old the instant is that the newest sound backup holds");
        this.copyAge =
                gauge(registry, "panel.backup.copy.age", "The same of the newest sound backup in the second directory");
    }

    /** Looks at the backups; without a sound one there is no age. */
    public void show() {
        show(age, backups::newestSound);
        show(copyAge, backups.copies()::newestSound);
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name)
                .description(description)
                .baseUnit("seconds")
                .register(registry);
    }

    private void show(MultiGauge gauge, Supplier<Optional<Instant>> newest) {
        try {
            gauge.register(
                    newest.get().stream()
                            .map(at -> MultiGauge.Row.of(
                                    Tags.empty(),
                                    Duration.between(at, clock.instant()).toSeconds()))
                            .toList(),
                    true);
        } catch (BackupFailed e) {
            LOG.warn("How old the newest backup is cannot be told: {}", e.getMessage());
            gauge.register(List.of(), true);
        }
    }

    /** Shows no age any more: the registry may outlive the panel. */
    public void forget() {
        age.register(List.of(), true);
        copyAge.register(List.of(), true);
    }
}
