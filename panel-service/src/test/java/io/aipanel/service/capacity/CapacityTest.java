package io.aipanel.service.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.capacity.Metric;
import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Series;
import io.aipanel.domain.capacity.Step;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdState;
import io.aipanel.domain.capacity.ThresholdStatus;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.PermissionDenied;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of samples that are there. */
final class CapacityTest extends CapacityStore {

    private Instant now;

    @BeforeEach
    void look() {
        now = clock.instant();
    }

    private Instant minutesAgo(int minutes) {
        return now.minus(Duration.ofMinutes(minutes));
    }

    private void measured(Series series, int minutesAgo, double value) {
        storage.capacity().put(List.of(Sample.of(series, minutesAgo(minutesAgo), value)));
    }

    private void written(Series series, Step step, Instant at, String source, int number, double milliseconds) {
        storage.capacity().put(List.of(writes(series, step, at, source, number, milliseconds)));
    }

    private ThresholdReport report(Threshold threshold) {
        return panel.capacity().report(PROGRAM).thresholds().get(threshold.ordinal());
    }

    private List<HistoryPoint> history(String metric, Instant from, Instant to, Step step) {
        return panel.capacity().history(PROGRAM, Metric.ofName(metric), from, to, step);
    }

    @Test
    void whoeverWantsToHearsHowLongEachWriteTakesUntilTheyHaveHeardEnough() {
        List<StoreName> heard = new CopyOnWriteArrayList<>();
        Storage.Subscription subscription = panel.capacity().observeWrites((store, nanos) -> heard.add(store));
        panel.audit().record(PROGRAM, "test.write", "nothing", "{}");
        // It is told beside the caller, who does not wait for that.
        await().untilAsserted(() -> assertThat(heard).contains(StoreName.AUDIT));

        subscription.close();
        heard.clear();
        panel.audit().record(PROGRAM, "test.write", "nothing", "{}");

        assertThat(heard).doesNotContain(StoreName.AUDIT);
    }

    @Test
    void beforeAnythingIsMeasuredWhatCanBeSeenAtOnceIsTold() {
        CapacityReport report = panel.capacity().report(PROGRAM);

        assertThat(report.limitsApply()).isTrue();
        assertThat(report.engineFigures()).isEmpty();
        assertThat(report.thresholds()).extracting(ThresholdReport::threshold).containsExactly(Threshold.values());
        assertThat(report.thresholds())
                .extracting(ThresholdReport::state)
                .containsExactly(ThresholdState.UNKNOWN, ThresholdState.OK, ThresholdState.UNKNOWN, ThresholdState.OK);
        assertThat(report.state()).isEqualTo(ThresholdState.OK);
        assertThat(report(Threshold.AUDIT_BYTES).value())
                .hasValueSatisfying(value -> assertThat(value).isPositive());
        assertThat(report(Threshold.SESSIONS).value()).contains(0d);
        assertThat(report(Threshold.JOBS_PER_MINUTE).value()).isEmpty();
        assertThat(report(Threshold.JOBS_PER_MINUTE).share()).isEmpty();
    }

    @Test
    void aStateIsThatWhichWasNotedWithItsValueAndItsShare() {
        measured(Series.JOBS_PER_MINUTE, 2, 400);
        measured(Series.JOBS_PER_MINUTE, 1, 450);
        Instant since = minutesAgo(90);
        storage.capacity()
                .change(
                        Optional.empty(),
                        new ThresholdStatus(
                                Threshold.JOBS_PER_MINUTE, ThresholdState.WARNING, since, Optional.empty()));

        ThresholdReport jobs = report(Threshold.JOBS_PER_MINUTE);

        assertThat(jobs.value()).contains(450d);
        assertThat(jobs.share()).contains(0.9);
        assertThat(jobs.state()).isEqualTo(ThresholdState.WARNING);
        assertThat(jobs.since()).contains(since);
        assertThat(panel.capacity().report(PROGRAM).state()).isEqualTo(ThresholdState.WARNING);
    }

    @Test
    void aStateThatNobodyHasMeasuredForAWindowIsUnknown() {
        measured(Series.JOBS_PER_MINUTE, 16, 900);
        storage.capacity()
                .change(
                        Optional.empty(),
                        new ThresholdStatus(
                                Threshold.JOBS_PER_MINUTE, ThresholdState.BREACHED, minutesAgo(90), Optional.empty()));

        assertThat(report(Threshold.JOBS_PER_MINUTE).state()).isEqualTo(ThresholdState.UNKNOWN);
        assertThat(report(Threshold.JOBS_PER_MINUTE).value()).isEmpty();
    }

    @Test
    void theSlowestStoreCountsAndAllProcessesTogether() {
        written(Series.WRITE_PANEL, Step.MINUTE, minutesAgo(1), "a", 1_000, 2);
        written(Series.WRITE_AUDIT, Step.MINUTE, minutesAgo(1), "a", 10, 8);
        written(Series.WRITE_QUEUE, Step.MINUTE, minutesAgo(1), "a", 96, 1);
        written(Series.WRITE_QUEUE, Step.MINUTE, minutesAgo(1), "b", 4, 100);

        assertThat(report(Threshold.WRITE_P95).value())
                .hasValueSatisfying(value -> assertThat(value).isBetween(7.9, 8.1));
    }

    @Test
    void limitsAreSettings() {
        panel.settings().set(PROGRAM, new SettingName("capacity.limit.sessions"), "5");

        assertThat(report(Threshold.SESSIONS).limit()).isEqualTo(5);
        assertThatThrownBy(() -> panel.settings().set(PROGRAM, new SettingName("capacity.limit.sessions"), "0"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("capacity.limit.sessions must be greater than 0");
        assertThatThrownBy(() -> panel.settings().set(PROGRAM, new SettingName("capacity.window"), "PT90S"))
                .hasMessage("capacity.window must be whole minutes, from PT1M to PT24H");
        assertThatThrownBy(() -> panel.settings().set(PROGRAM, new SettingName("capacity.warning-share"), "80%"))
                .hasMessageContaining("capacity.warning-share must be a number such as 0.8");
    }

    @Test
    void aGapIsAGapAndNotZero() {
        measured(Series.SESSIONS, 5, 3);
        measured(Series.SESSIONS, 3, 0);

        List<HistoryPoint> points = history("sessions", minutesAgo(6), now.plusSeconds(30), Step.MINUTE);

        assertThat(points)
                .extracting(HistoryPoint::at)
                .containsExactly(
                        minutesAgo(6), minutesAgo(5), minutesAgo(4), minutesAgo(3), minutesAgo(2), minutesAgo(1));
        assertThat(points)
                .extracting(point -> point.values().map(HistoryPoint.Values::mean))
                .containsExactly(
                        Optional.empty(),
                        Optional.of(3d),
                        Optional.empty(),
                        Optional.of(0d),
                        Optional.empty(),
                        Optional.empty());
    }

    @Test
    void whatIsNotPutTogetherYetIsReadFromFinerSteps() {
        Instant hour = Step.HOUR.floor(now).minus(Duration.ofHours(2));
        written(Series.WRITE_PANEL, Step.HOUR, hour, "", 100, 2);
        // Counted in the hour already, and not once more.
        written(Series.WRITE_PANEL, Step.MINUTE, hour, "a", 50, 2);
        written(Series.WRITE_PANEL, Step.MINUTE, hour.plus(Duration.ofHours(1)), "a", 10, 3);
        written(Series.WRITE_PANEL, Step.MINUTE, hour.plus(Duration.ofMinutes(90)), "b", 5, 4);

        List<HistoryPoint> hours = history("write-p95", hour, now.plusSeconds(1), Step.HOUR);
        List<HistoryPoint> days = history("write-p95", hour, now.plusSeconds(1), Step.DAY);

        assertThat(hours).extracting(HistoryPoint::at).containsExactly(hour, hour.plus(Duration.ofHours(1)));
        assertThat(counts(hours)).containsExactly(100L, 15L);
        assertThat(counts(days)).containsExactly(115L);
    }

    @Test
    void whatIsNoLongerKeptOrHasNotComeYetIsLeftOut() {
        List<HistoryPoint> points = history("sessions", Instant.EPOCH, now.plus(Duration.ofDays(900)), Step.MINUTE);

        assertThat(points).hasSize(48 * 60);
        assertThat(points.get(0).at()).isEqualTo(now.minus(Duration.ofHours(48)));
        assertThatThrownBy(() -> history("sessions", now, now, Step.DAY))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("from must be before to");
    }

    @Test
    void whoMayNotSeeTheStorageSeesNothing() {
        Actor nobody = Actor.anonymous(Optional.empty(), Optional.empty());

        assertThatThrownBy(() -> panel.capacity().report(nobody)).isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> panel.capacity()
                        .history(nobody, Metric.of(Threshold.SESSIONS), minutesAgo(1), now, Step.MINUTE))
                .isInstanceOf(PermissionDenied.class);
    }

    private static List<Long> counts(List<HistoryPoint> points) {
        List<Long> counts = new ArrayList<>();
        points.forEach(point ->
                counts.add(point.values().map(HistoryPoint.Values::count).orElse(0L)));
        return counts;
    }
}
