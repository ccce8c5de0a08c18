package io.aipanel.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.aipanel.app.config.LogLevel;
import java.util.List;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Decides how much is logged. */
public final class Logging {

    /** Libraries that talk more than an operator wants to hear. */
    private static final List<String> TALKATIVE = List.of(
            "com.password4j",
            "com.zaxxer.hikari",
            "liquibase",
            "org.eclipse.jetty",
            "org.jdbi",
            "org.postgresql",
            "org.sqlite");

    private Logging() {}

    /**
     * Sets the level of the panel's own events. Libraries are one step quieter, and silent below warnings unless
     * everything is wanted.
     */
    public static void level(LogLevel level) {
        // Some libraries log by java.util.logging, which would write to standard error in a form of its own.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.valueOf(level.name()));
            Level quieter = level == LogLevel.TRACE ? Level.DEBUG : level == LogLevel.ERROR ? Level.ERROR : Level.WARN;
            TALKATIVE.forEach(name -> context.getLogger(name).setLevel(quieter));
            // What fails in it reaches us as an exception and is told once, by us.
            context.getLogger("io.javalin").setLevel(level == LogLevel.TRACE ? Level.DEBUG : Level.OFF);
        }
    }
}
