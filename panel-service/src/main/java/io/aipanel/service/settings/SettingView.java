package io.aipanel.service.settings;

import io.aipanel.domain.settings.SettingKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A setting as it is shown.
 *
 * @param key which one
 * @param value its present value as text; empty if it is secret
 * @param isSet whether somebody has set it; if not, the default counts
 * @param updatedAt when it was set; empty if it was not
 */
public record SettingView(SettingKey<?> key, Optional<String> value, boolean isSet, Optional<Instant> updatedAt) {}
