package io.aipanel.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogOriginsTest {

    private static final LogOrigin FIRST = new LogOrigin("example.org/log", 0);
    private static final LogOrigin SECOND = new LogOrigin("example.org/log/2", 7);
    private static final LogOrigin THIRD = new LogOrigin("example.org/log/3", 7);

    @Test
    void namesFollowEachOther() {
        LogOrigins origins = new LogOrigins(List.of(FIRST, SECOND, THIRD));

        assertThat(origins.current()).contains(THIRD);
        assertThat(origins.named("example.org/log/2")).contains(SECOND);
        assertThat(origins.named("example.org/other")).isEmpty();
        assertThat(origins.after(FIRST)).contains(SECOND);
        assertThat(origins.after(THIRD)).isEmpty();
        assertThat(origins.after(new LogOrigin("example.org/other", 0))).isEmpty();
        assertThat(origins.isFormer("example.org/log")).isTrue();
        assertThat(origins.isFormer("example.org/log/3")).isFalse();
        assertThat(origins.isFormer("example.org/other")).isFalse();
    }

    @Test
    void aLogMayHaveOneNameOrNone() {
        assertThat(LogOrigins.of("example.org/log").all()).containsExactly(FIRST);
        assertThat(LogOrigins.NONE.current()).isEmpty();
    }

    @Test
    void whatCannotHaveFollowedIsRefused() {
        refused(SECOND);
        refused(FIRST, SECOND, FIRST);
        refused(FIRST, SECOND, new LogOrigin("example.org/log", 9));
        refused(FIRST, SECOND, new LogOrigin("example.org/log/3", 6));
    }

    @Test
    void aNameIsOneThatACheckpointCanHave() {
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new LogOrigin("a log", 0));
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new LogOrigin("log", -1));
    }

    private static void refused(LogOrigin... origins) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new LogOrigins(List.of(origins)))
                .satisfies(refused -> assertThat(refused.field()).isEqualTo("origins"));
    }
}
