package io.aipanel.app.capacity;

import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdState;
import io.aipanel.service.capacity.CapacityNotice;
import io.aipanel.service.capacity.StateChange;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Notices to tell. */
final class Notices {

    static final UUID ID = UUID.fromString("019abc00-0000-7000-8000-000000000001");
    static final Instant SINCE = Instant.parse("2026-11-23T21:40:00Z");

    private Notices() {}

    /** That the audit log has become too large, of a panel with a name. */
    static CapacityNotice of(String panel) {
        StateChange change = new StateChange(
                Threshold.AUDIT_BYTES,
                ThresholdState.WARNING,
                ThresholdState.BREACHED,
                Optional.of(10_300_000_000d),
                10_000_000_000d,
                SINCE);
        return new CapacityNotice(
                ID, change, "Move.", panel, Optional.of(URI.create("https://panel.example.com")), false);
    }
}
