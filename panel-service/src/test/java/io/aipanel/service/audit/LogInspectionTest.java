package io.aipanel.service.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.service.Panel;
import io.aipanel.service.storage.Condition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a few looks tell of a log. */
class LogInspectionTest extends AuditTest {

    @Test
    void aLogWithoutEventsIsWell() {
        assertThat(panel.audit().treeCondition(PROGRAM)).isEqualTo(Condition.well("0 events, not signed yet"));
        assertThat(panel.audit().keyCondition(PROGRAM).problem()).isEmpty();
    }

    @Test
    void aLogThatGoesOnFromWhatWasSignedIsWell() {
        record(300);
        checkpoint();
        record(1);

        assertThat(panel.audit().treeCondition(PROGRAM)).isEqualTo(Condition.well("301 events, signed up to 300"));
        assertThat(panel.audit().keyCondition(PROGRAM).note())
                .startsWith(keyFile() + ", which is test/log+")
                .doesNotContain("PRIVATE");
    }

    @Test
    void aLogThatBeginsLaterIsWell() {
        record(10);
        panel.audit().cut(PROGRAM, 4);
        panel.audit().removeCutOff(PROGRAM);

        assertThat(panel.audit().treeCondition(PROGRAM))
                .isEqualTo(Condition.well("11 events, those below 4 cut off, not signed yet"));
    }

    @Test
    void theNewestEventIsMissed() {
        record(10);
        tamper("DELETE FROM events WHERE \"index\" = 9");

        wrong("event 9, the newest, is missing");
    }

    @Test
    void theOldestEventIsMissed() {
        record(10);
        tamper("DELETE FROM events WHERE \"index\" = 0");

        wrong("event 0, the oldest, is missing");
    }

    @Test
    void eventsPastTheEndAreFound() {
        record(3);
        String before = treeRow();
        record(2);
        tamper("UPDATE tree SET " + before);

        wrong("there are events past the end of the log, which has 3");
    }

    @Test
    void aLogThatIsShorterThanWhatWasSignedIsFound() {
        record(3);
        String before = treeRow();
        record(2);
        checkpoint();
        tamper("UPDATE tree SET " + before, "DELETE FROM events WHERE \"index\" >= 3");

        wrong("it has 3 events, and a checkpoint was signed over 5");
    }

    @Test
    void aTreeThatIsAnotherThanWhatWasSignedIsFound() {
        record(4);
        checkpoint();
        tamper("UPDATE tree SET peaks = zeroblob(32)");

        wrong("it is another than the one that was signed with 4 events");
    }

    @Test
    void withoutAKeyThereIsNothingToLookAt() {
        panel.close();
        panel = Panel.open(options().audit(new AuditOptions(Optional.empty(), Optional.empty(), List.of(), false)));

        assertThat(panel.audit().keyCondition(PROGRAM)).isEqualTo(Condition.well("none: the log is not signed here"));
    }

    private void wrong(String problem) {
        assertThat(panel.audit().treeCondition(PROGRAM).problem())
                .hasValueSatisfying(
                        told -> assertThat(told).contains(problem).endsWith("panel audit verify says more"));
    }
}
