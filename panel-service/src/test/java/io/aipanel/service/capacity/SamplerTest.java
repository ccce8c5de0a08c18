package io.aipanel.service.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Series;
import io.aipanel.domain.capacity.Step;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdState;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.service.Panel;
import io.aipanel.service.jobs.JobMode;
import io.aipanel.service.settings.SettingValues;
import io.aipanel.service.storage.Changes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class SamplerTest extends CapacityStore {

    @Test
    void aMinuteThatIsOverIsKeptByItself() {
        // Near the end of its minute, so that the sampler does not sleep for long.
        Instant start = minute(0);
        AtomicReference<Instant> now = new AtomicReference<>(start.plusMillis(59_990));
        InstantSource moved = now::get;
        try (Sampler sampler = new Sampler(
                storage,
                new Changes(storage, moved),
                new SettingValues(storage.settings()),
                moved,
                (change, state) -> {})) {
            now.set(start.plusSeconds(60));

            await().until(() -> !storage.capacity().states().isEmpty());

            assertThat(sampler).isNotNull();
            assertThat(kept(Series.SESSIONS, Step.MINUTE))
                    .extracting(Sample::at)
                    .containsExactly(start);
        }
    }

    @Test
    void aPanelThatWorksJobsOffMeasuresItselfAndLosesNothingWhenItIsClosed() {
        panel.close();
        panel = Panel.open(options().jobs(JobMode.WORKERS));
        panel.settings().set(PROGRAM, new SettingName("panel.name"), "Measured");

        panel.close();

        assertThat(kept(Series.WRITE_PANEL, Step.MINUTE)).hasSize(1).first().satisfies(minute -> {
            assertThat(minute.at()).isEqualTo(minute(0));
            assertThat(minute.count()).isPositive();
            assertThat(minute.max()).isPositive();
        });
    }

    @Test
    void whoWantsToKnowIsToldOfALimitThatWasPassed() {
        panel.settings().set(PROGRAM, new SettingName("capacity.limit.audit-bytes"), "1");
        panel.settings().set(PROGRAM, new SettingName("capacity.window"), "PT1M");
        panel.close();
        Told told = new Told("anna");
        // Near the end of its minute, so that the sampler does not sleep for long.
        clock.advance(Duration.ofMillis(59_990));
        panel = Panel.open(options().jobs(JobMode.WORKERS).capacity(CapacityOptions.telling(told)));

        clock.advance(Duration.ofMillis(10));

        await().until(() -> !told.notices().isEmpty());
        assertThat(told.notices()).hasSize(1);
        assertThat(told.notices().get(0).change().threshold()).isEqualTo(Threshold.AUDIT_BYTES);
        assertThat(told.notices().get(0).change().to()).isEqualTo(ThresholdState.BREACHED);
        assertThat(panel.capacity().report(PROGRAM).state()).isEqualTo(ThresholdState.BREACHED);
    }

    @Test
    void aPanelThatDoesNotLeavesThatToOthers() {
        panel.settings().set(PROGRAM, new SettingName("panel.name"), "Not measured");

        panel.close();

        assertThat(storage.capacity().newest(Step.MINUTE)).isEmpty();
    }
}
