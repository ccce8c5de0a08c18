package io.aipanel.domain.versions;

import io.aipanel.domain.Timestamps;
import java.time.Instant;
import java.util.Optional;

/**
 * A piece of software that the host runs.
 *
 * @param name what the host calls it
 * @param finding what the last look at the host said
 * @param policy what is to happen when it could be newer
 * @param pin the version it is held at; empty if it is not
 * @param lastCheckedAt when the host was last looked at; empty if never
 */
public record Component(
        ComponentName name, Finding finding, UpdatePolicy policy, Optional<Pin> pin, Optional<Instant> lastCheckedAt) {

    /** The most UTF-8 bytes of a version. */
    public static final int MAX_VERSION_BYTES = 100;

    /** Cuts the time to microseconds. */
    public Component {
        lastCheckedAt = lastCheckedAt.map(at -> Timestamps.micros("lastCheckedAt", at));
    }

    /** A component that has not been looked at. */
    public static Component unchecked(ComponentName name) {
        return new Component(name, Finding.NOTHING, UpdatePolicy.NOTIFY, Optional.empty(), Optional.empty());
    }

    /** How the component stands; an active pin is what is wanted instead of the candidate. */
    public ComponentStatus status(Instant now) {
        if (finding.installed().isEmpty()) {
            return ComponentStatus.UNKNOWN;
        }
        Optional<String> wanted =
                pin.filter(active -> active.isActive(now)).map(Pin::version).or(finding::candidate);
        if (wanted.isEmpty()) {
            return ComponentStatus.UNSUPPORTED;
        }
        return wanted.equals(finding.installed()) ? ComponentStatus.UP_TO_DATE : ComponentStatus.LAGGING;
    }

    /** The same component after another look at the host. */
    public Component checked(Finding found, Instant now) {
        return new Component(name, found, policy, pin, Optional.of(now));
    }

    /** The same component under another policy. */
    public Component withPolicy(UpdatePolicy newPolicy) {
        return new Component(name, finding, newPolicy, pin, lastCheckedAt);
    }

    /** The same component with another pin, or none. */
    public Component withPin(Optional<Pin> newPin) {
        return new Component(name, finding, policy, newPin, lastCheckedAt);
    }
}
