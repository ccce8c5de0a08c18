package io.aipanel.ports.storage;

import java.util.Locale;

/** The three stores: a file each on SQLite, a schema each on PostgreSQL. */
public enum StoreName {
    /** Settings, users, roles, sessions, API tokens, sites, components and the outbox. */
    PANEL,
    /** Audit events. */
    AUDIT,
    /** Jobs. */
    QUEUE;

    /** The name that the outside uses: {@code panel}, {@code audit} or {@code queue}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
