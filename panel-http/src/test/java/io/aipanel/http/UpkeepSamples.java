package io.aipanel.http;

import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Series;
import io.aipanel.domain.capacity.Step;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.versions.ComponentName;
import io.aipanel.domain.versions.Finding;
import io.aipanel.domain.versions.Pin;
import io.aipanel.ports.versions.ComponentInventory;
import io.aipanel.service.Panel;
import io.aipanel.service.backup.CreateProgress;
import io.aipanel.service.iam.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A panel that somebody looks after: a backup, components, settings. */
final class UpkeepSamples {

    /** What the host has. */
    static final ComponentInventory HOST = patterns -> Map.of(
            new ComponentName("nginx"),
            new Finding("Debian:12/bookworm", Optional.of("1.22.1-9"), Optional.of("1.22.1-9+deb12u1")),
            new ComponentName("openssl"),
            new Finding("Debian:12/bookworm", Optional.of("3.0.15-1"), Optional.of("3.0.15-1")));

    private static final Actor PROGRAM = Actor.program("test");

    private final Panel panel;
    private final Path data;

    /** @param data where the panel keeps its data */
    UpkeepSamples(Panel panel, Path data) {
        this.panel = panel;
        this.data = data;
    }

    /** Fills the panel; answers an address for each path that has parameters. */
    Map<String, String> byPath() {
        components();
        measured();
        panel.settings().set(PROGRAM, new SettingName("iam.session.idle"), "PT20M");
        String backup = "/backups/"
                + panel.backups()
                        .create(PROGRAM, BackupTrigger.SCHEDULED, Optional.empty(), CreateProgress.NONE)
                        .name();
        return Map.of(
                "/backups/{id}",
                backup,
                "/backups/{id}/remove",
                backup + "/remove",
                "/backups/{id}/restore",
                backup + "/restore",
                "/settings/{key}",
                "/settings/iam.session.idle",
                "/components/{name}",
                "/components/openssl");
    }

    /** A day in which more and more was done, and nobody measured for a while. */
    private void measured() {
        Instant now = Step.HOUR.floor(panel.clock().instant());
        List<Sample> samples = new ArrayList<>();
        for (int hour = 0; hour < 24; hour++) {
            Instant at = now.minus(Duration.ofHours(hour));
            if (hour < 10 || hour > 12) {
                samples.add(Sample.of(Series.JOBS_PER_MINUTE, at, 460 - 13 * hour + 20 * (hour % 3)));
                samples.add(Sample.of(Series.SESSIONS, at, 7 + hour % 4));
            }
            samples.add(Sample.of(Series.AUDIT_BYTES, at, 2e6 - 4e4 * hour));
        }
        MeasuredBefore.put(data, samples);
    }

    private void components() {
        panel.components().refresh(PROGRAM);
        Pin pin = new Pin(
                "3.0.15-1",
                "a module needs it",
                Optional.of(panel.clock().instant().plus(Duration.ofDays(30))));
        panel.components().pin(PROGRAM, new ComponentName("openssl"), pin);
    }
}
