package io.aipanel.bench.engine;

import java.util.Locale;

/** An engine that the panel runs on. */
public enum EngineName {
    /** Three SQLite files. */
    SQLITE,
    /** Three schemas of a PostgreSQL database. */
    POSTGRES;

    /** What people call it. */
    public String title() {
        return switch (this) {
            case SQLITE -> "SQLite";
            case POSTGRES -> "PostgreSQL";
        };
    }

    /** The name on the command line and in the results. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
