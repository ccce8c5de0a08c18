package io.aipanel.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Text;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnchorStateTest {

    private static final Instant NOW = Instant.parse("2026-01-15T10:00:00.123456Z");
    private static final String SIGNER = "00c0ffee";

    @Test
    void timesAreCutToMicroseconds() {
        AnchorState state = state("p", SIGNER, 1, NOW.plusNanos(999), NOW.plusNanos(1), "why");

        assertThat(state.at()).contains(NOW);
        assertThat(state.failedAt()).contains(NOW);
    }

    @Test
    void whereNothingWasBroughtNothingFailedYet() {
        assertThat(AnchorState.untried("p", SIGNER))
                .isEqualTo(new AnchorState("p", SIGNER, 0, Optional.empty(), Optional.empty(), ""));
    }

    @Test
    void aCheckpointOverNothingMayGetThere() {
        assertThat(new AnchorState("p", SIGNER, 0, Optional.of(NOW), Optional.empty(), "").at())
                .contains(NOW);
    }

    @Test
    void aNameIsThereAndIsBounded() {
        refused("name", () -> AnchorState.untried("", SIGNER));
        refused("name", () -> AnchorState.untried("x".repeat(Text.INDEXED_BYTES + 1), SIGNER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c0ffee", "00C0FFEE", "00c0ffee0", "00c0ffeg", "00c0ffee\n"})
    void aSignerIsTheIdOfAKey(String signer) {
        refused("signer", () -> AnchorState.untried("p", signer));
    }

    @Test
    void aSizeIsThatOfSomethingThatGotThere() {
        refused("size", () -> new AnchorState("p", SIGNER, -1, Optional.of(NOW), Optional.empty(), ""));
        refused("size", () -> new AnchorState("p", SIGNER, 1, Optional.empty(), Optional.empty(), ""));
    }

    @Test
    void aFailureAndItsTimeBelongTogether() {
        refused("failure", () -> new AnchorState("p", SIGNER, 0, Optional.empty(), Optional.of(NOW), ""));
        refused("failure", () -> new AnchorState("p", SIGNER, 0, Optional.empty(), Optional.empty(), "why"));
        refused("failure", () -> state("p", SIGNER, 1, NOW, NOW, "x".repeat(AnchorState.MOST_FAILURE_BYTES + 1)));
    }

    private static AnchorState state(String name, String signer, long size, Instant at, Instant failedAt, String why) {
        return new AnchorState(name, signer, size, Optional.of(at), Optional.of(failedAt), why);
    }

    private static void refused(String field, Runnable call) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.field()).isEqualTo(field));
    }
}
