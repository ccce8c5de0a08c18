package io.aipanel.http;

import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.versions.ComponentName;
import io.aipanel.domain.versions.Finding;
import io.aipanel.domain.versions.Pin;
import io.aipanel.ports.versions.ComponentInventory;
import io.aipanel.service.Panel;
import io.aipanel.service.backup.CreateProgress;
import io.aipanel.service.iam.Actor;
import java.time.Duration;
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

    UpkeepSamples(Panel panel) {
        this.panel = panel;
    }

    /** Fills the panel; answers an address for each path that has parameters. */
    Map<String, String> byPath() {
        components();
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

    private void components() {
        panel.components().refresh(PROGRAM);
        Pin pin = new Pin(
                "3.0.15-1",
                "a module needs it",
                Optional.of(panel.clock().instant().plus(Duration.ofDays(30))));
        panel.components().pin(PROGRAM, new ComponentName("openssl"), pin);
    }
}
