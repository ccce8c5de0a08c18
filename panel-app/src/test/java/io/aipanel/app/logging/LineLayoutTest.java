package io.aipanel.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineLayoutTest {

    private final LineLayout layout = new LineLayout();

    @Test
    void anEventIsOneLineWithItsTimeInUtc() {
        assertThat(line(Level.INFO, "hello", null, Map.of()))
                .isEqualTo("2026-11-23T08:05:09.007Z INFO  Something: hello\n");
    }

    @Test
    void theRequestStandsBeforeWhereItHappened() {
        assertThat(line(Level.WARN, "slow", null, Map.of(LineLayout.REQUEST_ID, "r-1")))
                .isEqualTo("2026-11-23T08:05:09.007Z WARN  [r-1] Something: slow\n");
    }

    @Test
    void whatSomebodySentInBeginsNoLineOfItsOwn() {
        assertThat(line(Level.WARN, "no such user: a\n2026 ERROR forged\u001b[2J", null, Map.of()))
                .isEqualTo("2026-11-23T08:05:09.007Z WARN  Something: no such user:"
                        + " a\\u000a2026 ERROR forged\\u001b[2J\n");
    }

    @Test
    void aFailureNamesItsCausesAndAnErrorShowsItsTrace() {
        Exception failure = new IllegalStateException("outer", new RuntimeException("in\nner"));

        assertThat(line(Level.WARN, "failed", failure, Map.of()))
                .isEqualTo("2026-11-23T08:05:09.007Z WARN  Something: failed"
                        + " <- java.lang.IllegalStateException: outer <- java.lang.RuntimeException: in\\u000aner\n");
        assertThat(line(Level.ERROR, "failed", failure, Map.of()).lines().skip(1))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("\t"))
                .anyMatch(line -> line.contains("LineLayoutTest"));
    }

    private String line(Level level, String message, Throwable failure, Map<String, String> context) {
        Logger logger = new LoggerContext().getLogger("io.aipanel.test.Something");
        LoggingEvent event = new LoggingEvent("", logger, level, message, failure, null);
        event.setInstant(Instant.parse("2026-11-23T08:05:09.007Z"));
        event.setMDCPropertyMap(context);
        return layout.doLayout(event);
    }
}
