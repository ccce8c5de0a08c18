package io.aipanel.app.config;

/** How much is logged. */
public enum LogLevel {
    /** What failed. */
    ERROR,
    /** Also what may soon fail. */
    WARN,
    /** Also what an operator may want to know. */
    INFO,
    /** Also what only a developer wants to know. */
    DEBUG,
    /** Everything. */
    TRACE
}
