package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Series;
import io.aipanel.domain.capacity.Step;
import io.aipanel.domain.settings.SettingName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityPagesHttpTest extends HttpTest {

    @Test
    void everyLimitIsShownWithWhatIsKnownOfIt() {
        assertThat(page("/capacity"))
                .contains(
                        "Jobs per minute",
                        "of 500 jobs/min",
                        "Size of the audit log",
                        "of 10 GB",
                        "Nothing was measured in this time.",
                        "Too little was measured for a forecast.",
                        "<rect class=\"line\" x=\"80\"");
    }

    @Test
    void whatWasMeasuredIsDrawnAndInATable() {
        Instant now = Step.HOUR.floor(clock.instant());
        List<Sample> samples = new ArrayList<>();
        for (int hour = 1; hour < 20; hour++) {
            samples.add(Sample.of(Series.SESSIONS, now.minus(Duration.ofHours(hour)), 40 + hour));
        }
        MeasuredBefore.put(directory.resolve("data"), samples);
        assertThat(page("/capacity"))
                .contains("<polyline points=\"", "at most 59 sessions", "<td class=\"number\">41 sessions</td>")
                .contains("<line class=\"limit\"");
        assertThat(page("/capacity?period=month"))
                .contains("href=\"/capacity?period=month\" aria-current=\"true\"", "at most 59 sessions");
        assertThat(page("/capacity?period=year")).contains("at most 59 sessions");
        assertThat(page("/capacity?period=nonsense")).contains("period=day\" aria-current=\"true\"");
    }

    @Test
    void aLimitThatIsPassedIsSaidFirstWithWhatToDo() {
        panel.settings().set(PROGRAM, new SettingName("capacity.limit.audit-bytes"), "1000");
        Instant now = Step.MINUTE.floor(clock.instant());
        List<Sample> samples = new ArrayList<>();
        for (int minute = 1; minute <= 20; minute++) {
            samples.add(Sample.of(Series.AUDIT_BYTES, now.minus(Duration.ofMinutes(minute)), 50_000));
        }
        MeasuredBefore.put(directory.resolve("data"), samples);
        assertThat(page("/capacity"))
                .contains("The panel is past a limit of SQLite.", "past the limit", "panel audit cut");
    }

    private String page(String path) {
        return admin().with("Accept", "text/html").get(path).expect(200).body();
    }
}
