package io.aipanel.http.versions;

import io.aipanel.domain.versions.Component;
import io.aipanel.domain.versions.ComponentStatus;
import io.aipanel.domain.versions.Pin;
import io.aipanel.http.web.WireNames;
import java.time.Instant;
import java.util.Optional;

/**
 * What pages show of a component.
 *
 * @param status how it stands, for example {@code lagging}
 * @param installed the installed version; empty if there is none, or the host cannot tell
 * @param candidate the version that could be; empty if there is none
 * @param source where that comes from; may be empty
 * @param policy what is to happen when it could be newer, for example {@code notify}
 */
record ComponentPage(
        String name,
        String status,
        Optional<String> installed,
        Optional<String> candidate,
        String source,
        String policy,
        Optional<Pin> pin,
        Optional<Instant> checkedAt) {

    static ComponentPage of(Component component, ComponentStatus status) {
        return new ComponentPage(
                component.name().value(),
                WireNames.of(status),
                component.finding().installed(),
                component.finding().candidate(),
                component.finding().source(),
                WireNames.of(component.policy()),
                component.pin(),
                component.lastCheckedAt());
    }

    /** Where its page is. */
    String path() {
        return "/components/" + name;
    }
}
