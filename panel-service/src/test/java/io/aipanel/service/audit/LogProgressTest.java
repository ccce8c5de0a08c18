package io.aipanel.service.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.audit.AuditFilter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How far long work on the log says that it has come. */
class LogProgressTest extends AuditTest {

    private final List<String> told = new ArrayList<>();
    private final LogProgress progress = (done, total) -> told.add(done + "/" + total);

    @Test
    void aCheckTellsOfEveryStretch() {
        record(2_500);

        panel.audit().verify(PROGRAM, Evidence.NONE, progress);

        assertThat(told).containsExactly("1000/2500", "2000/2500", "2500/2500");
    }

    @Test
    void aCheckOfAnExportTellsOfEveryStretch() throws IOException {
        record(2_500);
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        panel.audit().export(PROGRAM, AuditFilter.OLDEST, ExportFormat.NDJSON).writeTo(export, written -> {});

        ExportCheck.of(new ByteArrayInputStream(export.toByteArray()), Evidence.NONE, Optional.empty(), progress);

        assertThat(told).containsExactly("1000/2500", "2000/2500", "2500/2500");
    }

    @Test
    void aLogThatWasCutCountsWhatIsLeft() {
        record(1_500);
        panel.audit().cut(PROGRAM, 1_200);

        panel.audit().verify(PROGRAM, Evidence.NONE, progress);

        assertThat(told).containsExactly("301/301");
    }

    @Test
    void lookingForATimeTellsOfEveryStretch() {
        record(2_500);
        clock.advance(Duration.ofHours(1));

        panel.audit().firstSince(PROGRAM, clock.instant(), progress);

        assertThat(told).containsExactly("0/2500", "1000/2500", "2000/2500");
    }

    @Test
    void removingTellsOfEveryPiece() {
        record(4_500);
        panel.audit().cut(PROGRAM, 4_100);

        panel.audit().removeCutOff(PROGRAM, removed -> told.add(Long.toString(removed)));

        assertThat(told).containsExactly("2000", "4000", "4100");
    }
}
