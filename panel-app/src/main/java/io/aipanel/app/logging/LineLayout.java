package io.aipanel.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * One line for each event: time in UTC, level, request if there is one, where it comes from, what happened. A failure
 * adds its causes to the line and, as an error, its trace in lines of its own that start with a tab.
 */
final class LineLayout extends LayoutBase<ILoggingEvent> {

    /** Where the request's id is found in SLF4J's diagnostic context. */
    static final String REQUEST_ID = "requestId";

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        Instant time = Instant.ofEpochMilli(event.getTimeStamp());
        line.append(time.truncatedTo(ChronoUnit.SECONDS).toString(), 0, 19)
                .append(String.format(Locale.ROOT, ".%03dZ ", time.getNano() / 1_000_000))
                .append(String.format(Locale.ROOT, "%-5s ", event.getLevel()));
        String request = event.getMDCPropertyMap().get(REQUEST_ID);
        if (request != null) {
            line.append('[').append(request).append("] ");
        }
        String logger = event.getLoggerName();
        line.append(logger.substring(logger.lastIndexOf('.') + 1)).append(": ");
        appendOnOneLine(line, event.getFormattedMessage());
        for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
            line.append(" <- ");
            appendOnOneLine(line, cause.getClassName() + ": " + cause.getMessage());
        }
        line.append('\n');
        if (event.getThrowableProxy() != null && event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            ThrowableProxyUtil.asString(event.getThrowableProxy()).lines().forEach(traced -> {
                line.append('\t');
                appendOnOneLine(line, traced);
                line.append('\n');
            });
        }
        return line.toString();
    }

    /** What somebody sent in must neither begin a line of its own nor steer a terminal. */
    private static void appendOnOneLine(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\t' || !Character.isISOControl(c)) {
                line.append(c);
            } else {
                line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
    }
}
