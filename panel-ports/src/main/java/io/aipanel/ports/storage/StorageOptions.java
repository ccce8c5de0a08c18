package io.aipanel.ports.storage;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a storage is and how to use it.
 *
 * @param url the storage URL: {@code sqlite:DIRECTORY} or
 *     {@code postgresql://user[:password]@host[:port][,host2…]/database[?option=…]}
 * @param password the password, where the engine wants one; empty to use the URL's or the engine's own sources
 * @param timeout the longest that one call may take, 100 milliseconds to 10 minutes
 * @param outboxMax the most effects that may wait for delivery, 1 or more
 * @param serving whether this process serves the panel to others; an engine that only one server may use at a time
 *     refuses a second one
 * @param engineOptions further keys of one engine, without the {@code storage.} before them, for example
 *     {@code pgbouncer}; a key that the engine does not know is refused
 * @param clock tells the time; an engine with a clock of its own uses that one for leases
 */
public record StorageOptions(
        String url,
        Optional<Secret> password,
        Duration timeout,
        long outboxMax,
        boolean serving,
        Map<String, String> engineOptions,
        InstantSource clock) {

    /** How long a call may take unless something else is asked for. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration LONGEST_PROBE = Duration.ofSeconds(2);

    /** How many effects may wait unless something else is asked for. */
    public static final long DEFAULT_OUTBOX_MAX = 100_000;

    /**
     * @throws InvalidValueException if the URL has no scheme or a value is out of range
     */
    public StorageOptions {
        if (url.indexOf(':') < 1) {
            throw new InvalidValueException("storage", "must be sqlite:DIRECTORY or postgresql://user@host/database");
        }
        if (timeout.compareTo(Duration.ofMillis(100)) < 0 || timeout.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new InvalidValueException("storage.timeout", "must be between 100 milliseconds and 10 minutes");
        }
        if (outboxMax < 1) {
            throw new InvalidValueException("audit.outbox.max", "must be 1 or more");
        }
        engineOptions = Map.copyOf(engineOptions);
    }

    /** A storage with the defaults and the system's clock. */
    public static StorageOptions of(String url) {
        return new StorageOptions(
                url, Optional.empty(), DEFAULT_TIMEOUT, DEFAULT_OUTBOX_MAX, false, Map.of(), InstantSource.system());
    }

    /**
     * How long each of the stores may take to answer whether it is well: whoever watches over the panel does not wait for
     * long, and all of them together must answer within the time-out.
     */
    public Duration probeTimeout() {
        Duration share = timeout.dividedBy(StoreName.values().length);
        return share.compareTo(LONGEST_PROBE) < 0 ? share : LONGEST_PROBE;
    }

    /** The same with a password. */
    public StorageOptions password(Secret newPassword) {
        return new StorageOptions(url, Optional.of(newPassword), timeout, outboxMax, serving, engineOptions, clock);
    }

    /** The same for a process that serves the panel to others, or does not. */
    public StorageOptions serving(boolean serves) {
        return new StorageOptions(url, password, timeout, outboxMax, serves, engineOptions, clock);
    }

    /** The same with another clock. */
    public StorageOptions clock(InstantSource clock) {
        return new StorageOptions(url, password, timeout, outboxMax, serving, engineOptions, clock);
    }

    /** The part of the URL before its first colon, in lower case. */
    public String scheme() {
        return url.substring(0, url.indexOf(':')).toLowerCase(Locale.ROOT);
    }

    /** The URL for people: without a password, even one that should have been percent-encoded and was not. */
    public String redactedUrl() {
        return url.replaceFirst("(?s)^([a-zA-Z]+://[^/@:]*):.*@", "$1@").replaceAll("(?i)(password=)[^&]*", "$1…");
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "StorageOptions[" + redactedUrl() + "]";
    }
}
