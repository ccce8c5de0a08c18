package io.aipanel.service.settings;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.settings.SettingKey;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.ports.settings.SettingsRepository;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The present values of settings, for the rest of the panel. Read from the store at most once a second, so a change by
 * another process counts after that; a change through {@link Settings} counts at once. Safe for use by many threads.
 */
public final class SettingValues {

    private static final Logger LOG = LoggerFactory.getLogger(SettingValues.class);
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final SettingsRepository repository;
    private volatile Snapshot snapshot;

    /** @param repository where the settings are */
    public SettingValues(SettingsRepository repository) {
        this.repository = repository;
        this.snapshot = read();
    }

    /** The value of a setting: what somebody has set, else its default. */
    public <T> T value(SettingKey<T> key) {
        StoredSetting stored = current().settings.get(key.name());
        if (stored != null) {
            try {
                return key.parse(stored.value());
            } catch (InvalidValueException e) {
                LOG.warn(
                        "The default of a setting counts, because what is stored is no longer valid: {}",
                        e.getMessage());
            }
        }
        return key.parse(key.defaultText());
    }

    /** Forgets what was read. */
    void changed() {
        snapshot = new Snapshot(Map.of(), System.nanoTime() - FRESH_NANOS);
    }

    private Snapshot current() {
        Snapshot known = snapshot;
        if (System.nanoTime() - known.readAt >= FRESH_NANOS) {
            known = read();
            snapshot = known;
        }
        return known;
    }

    private Snapshot read() {
        long now = System.nanoTime();
        Map<SettingName, StoredSetting> settings =
                repository.settings().stream().collect(Collectors.toMap(StoredSetting::name, Function.identity()));
        return new Snapshot(settings, now);
    }

    private record Snapshot(Map<SettingName, StoredSetting> settings, long readAt) {}
}
