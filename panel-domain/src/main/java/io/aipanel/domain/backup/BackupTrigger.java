package io.aipanel.domain.backup;

import io.aipanel.domain.InvalidValueException;
import java.util.Arrays;
import java.util.Locale;

/** Why a backup was made. */
public enum BackupTrigger {
    /** It was time for it. */
    SCHEDULED,
    /** Somebody asked for it. */
    ON_DEMAND,
    /** Before something that replaces the data. */
    PRE_OPERATION;

    /** The name that the outside uses, for example {@code on-demand}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The one of this name.
     *
     * @throws InvalidValueException ({@code trigger}) if there is none
     */
    public static BackupTrigger ofWireName(String name) {
        return Arrays.stream(values())
                .filter(trigger -> trigger.wireName().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new InvalidValueException("trigger", "must be scheduled, on-demand or pre-operation"));
    }
}
