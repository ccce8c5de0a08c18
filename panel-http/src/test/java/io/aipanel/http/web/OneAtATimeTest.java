package io.aipanel.http.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OneAtATimeTest {

    private final OneAtATime work = new OneAtATime("busy", "Wait.", 7);

    @Test
    void whoComesMeanwhileIsRefused() {
        String done = work.run(() -> {
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> work.run(() -> "twice"))
                    .satisfies(refusal -> {
                        assertThat(refusal.status()).isEqualTo(409);
                        assertThat(refusal.code()).isEqualTo("busy");
                        assertThat(refusal.headers()).containsEntry("Retry-After", "7");
                    });
            return "once";
        });

        assertThat(done).isEqualTo("once");
        assertThat(work.<String>run(() -> "again")).isEqualTo("again");
    }

    @Test
    void workThatFailsMakesRoomForTheNext() {
        assertThatThrownBy(() -> work.run(() -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        assertThat(work.<String>run(() -> "next")).isEqualTo("next");
    }
}
