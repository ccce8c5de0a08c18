package io.aipanel.app.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.app.cli.Screen;
import io.aipanel.domain.capacity.CapacityRules;
import io.aipanel.domain.capacity.DaysUntil;
import io.aipanel.domain.capacity.Forecast;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdState;
import io.aipanel.ports.capacity.EngineFigure;
import io.aipanel.service.capacity.CapacityReport;
import io.aipanel.service.capacity.HistoryPoint;
import io.aipanel.service.capacity.ThresholdReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityPictureTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static final List<ThresholdReport> THRESHOLDS = List.of(
            report(Threshold.JOBS_PER_MINUTE, 12.0, ThresholdState.OK),
            report(Threshold.AUDIT_BYTES, 8.25e9, ThresholdState.WARNING),
            report(Threshold.WRITE_P95, 312.4, ThresholdState.BREACHED),
            new ThresholdReport(Threshold.SESSIONS, Optional.empty(), 100, ThresholdState.UNKNOWN, Optional.empty()));

    private static final Map<Threshold, Forecast> FORECASTS = Map.of(
            Threshold.AUDIT_BYTES,
            new Forecast.Trend(
                    1e8,
                    0.9e8,
                    1.1e8,
                    Optional.of(DaysUntil.NOW),
                    Optional.of(new DaysUntil(17.5, 15.9, OptionalDouble.of(19.4)))));

    @Test
    void aTableHasABarAndASparklineForEachThreshold() {
        List<String> lines = lines(new Screen(80, true), ThresholdState.BREACHED);

        assertThat(lines)
                .startsWith(
                        "Past a limit of SQLite: write-p95; near one: audit-bytes.",
                        "",
                        "THRESHOLD        NOW     LIMIT         USED              STATE     LAST 24 H",
                        "jobs-per-minute  12      500 jobs/min  █░░░░░░░░░ 2 %    ok        ▁▁▂▃▄▅▆▇██",
                        "audit-bytes      8.3 GB  10 GB         ████████░░ 83 %   warning",
                        "write-p95        312.4   200 ms        ██████████ 156 %  breached",
                        "sessions         -       100 sessions  -                 unknown");
    }

    @Test
    void belowItEachIsExplained() {
        assertThat(lines(new Screen(200, true), ThresholdState.BREACHED))
                .contains(
                        "audit-bytes: warning since 2026-11-23 11:00:00Z (1 h ago)",
                        "  It grows: the limit in 18 days (16 to 19 days).",
                        "sessions: unknown")
                .anyMatch(line -> line.startsWith("  Do not wait with this."))
                .anyMatch(line -> line.startsWith("  Why there is a limit: The log only grows"));
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 40, 69, 70, 80, 132})
    void nothingIsWiderThanTheScreen(int width) {
        assertThat(lines(new Screen(width, true), ThresholdState.BREACHED))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    }

    @Test
    void whereOnlyAsciiCanBeDrawnThereIsNothingElse() {
        for (int width : List.of(40, 80)) {
            assertThat(String.join("\n", lines(new Screen(width, false), ThresholdState.BREACHED)))
                    .matches("[\\x0a\\x20-\\x7e]+")
                    .contains("########.. 83 %");
        }
    }

    @Test
    void onANarrowScreenTheColumnsAreLines() {
        assertThat(lines(new Screen(40, false), ThresholdState.BREACHED))
                .doesNotContain("THRESHOLD")
                .containsSequence(
                        "audit-bytes: warning since 2026-11-23",
                        "11:00:00Z (1 h ago)",
                        "  8.3 GB of 10 GB",
                        "  ########.. 83 %");
    }

    @Test
    void theFirstLineSaysHowItIs() {
        Screen screen = new Screen(80, true);
        assertThat(lines(screen, ThresholdState.WARNING).get(0)).isEqualTo("Near a limit of SQLite: audit-bytes.");
        assertThat(lines(screen, ThresholdState.OK).get(0)).isEqualTo("Every limit of SQLite is far enough away.");
        assertThat(lines(screen, ThresholdState.UNKNOWN).get(0)).startsWith("Nothing was measured yet");
    }

    @Test
    void onAnotherEngineItsOwnFiguresCount() {
        CapacityReport report = new CapacityReport(
                NOW,
                false,
                ThresholdState.OK,
                THRESHOLDS,
                CapacityRules.DEFAULT,
                List.of(
                        new EngineFigure(
                                "connections",
                                "Connections to the server",
                                Optional.of(25.0),
                                "connections",
                                Optional.of(100.0)),
                        new EngineFigure(
                                "replication-lag",
                                "How far replicas are behind",
                                Optional.empty(),
                                "seconds",
                                Optional.empty())));

        assertThat(new CapacityPicture(report, Map.of(), Map.of(), new Screen(80, false)).lines())
                .anyMatch(line -> line.contains("they no longer apply"))
                .contains(
                        "connections      25 connections  100    ##........ 25 %",
                        "replication-lag  -               -      -",
                        "  connections: Connections to the server.",
                        "  audit-bytes: 8.3 GB");
    }

    private static List<String> lines(Screen screen, ThresholdState state) {
        CapacityReport report = new CapacityReport(NOW, true, state, THRESHOLDS, CapacityRules.DEFAULT, List.of());
        List<HistoryPoint> rising = IntStream.range(0, 1_440)
                .mapToObj(minute -> new HistoryPoint(
                        NOW.minusSeconds(60L * (1_440 - minute)),
                        Optional.of(new HistoryPoint.Values(1, minute, minute, minute, minute))))
                .toList();
        return new CapacityPicture(report, FORECASTS, Map.of(Threshold.JOBS_PER_MINUTE, rising), screen).lines();
    }

    private static ThresholdReport report(Threshold threshold, double value, ThresholdState state) {
        return new ThresholdReport(
                threshold, Optional.of(value), threshold.defaultLimit(), state, Optional.of(NOW.minusSeconds(3_600)));
    }
}
