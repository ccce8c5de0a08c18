package io.aipanel.domain.backup;

import io.aipanel.domain.InvalidValueException;
import java.util.Arrays;
import java.util.Locale;

/** How the copies for a backup are made. */
public enum BackupMethod {
    /** By the engine, out of one instant that it holds on to; writers go on. */
    ONLINE,
    /**
     * By the operating system, out of the stores' own files, once everything that was written has been moved into them; writers
     * wait until all are copied. Only where the stores are files. ADR-002's checkpoint-and-copy.
     */
    CHECKPOINT;

    /** The name that the outside uses, for example {@code online}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The one of this name.
     *
     * @throws InvalidValueException ({@code method}) if there is none
     */
    public static BackupMethod ofWireName(String name) {
        return Arrays.stream(values())
                .filter(method -> method.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException("method", "must be online or checkpoint"));
    }
}
