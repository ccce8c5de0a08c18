package io.aipanel.http.versions;

import io.aipanel.domain.versions.Component;
import io.aipanel.domain.versions.ComponentStatus;
import io.aipanel.domain.versions.Pin;
import io.aipanel.domain.versions.UpdatePolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A component as the outside sees it. */
record ComponentView(
        String name,
        ComponentStatus status,
        @Nullable String installed,
        @Nullable String candidate,
        String source,
        UpdatePolicy policy,
        @Nullable PinView pin,
        @Nullable Instant lastCheckedAt) {

    static ComponentView of(Component component, ComponentStatus status) {
        return new ComponentView(
                component.name().value(),
                status,
                component.finding().installed().orElse(null),
                component.finding().candidate().orElse(null),
                component.finding().source(),
                component.policy(),
                component.pin().map(PinView::of).orElse(null),
                component.lastCheckedAt().orElse(null));
    }

    record PinView(String version, String reason, @Nullable Instant expiresAt) {

        static PinView of(Pin pin) {
            return new PinView(pin.version(), pin.reason(), pin.expiresAt().orElse(null));
        }
    }
}
