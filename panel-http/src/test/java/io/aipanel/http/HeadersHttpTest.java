package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersHttpTest extends HttpTest {

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/session", "/health/live", "/openapi.json", "/login", "/nothing", "/"})
    void everyAnswerProtectsItself(String path) {
        Answer answer = nobody.get(path);
        assertThat(answer.header("x-content-type-options")).contains("nosniff");
        assertThat(answer.header("content-security-policy").orElseThrow())
                .startsWith("default-src 'none'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.header("referrer-policy")).contains("same-origin");
        assertThat(answer.header("cache-control")).contains("no-store");
        assertThat(answer.header("x-frame-options")).contains("DENY");
        assertThat(answer.header("server")).isEmpty();
        assertThat(answer.header("x-powered-by")).isEmpty();
    }

    @Test
    void requestIdsAreOursAndGrow() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Answer answer = nobody.with("X-Request-Id", "made-up").get("/health/live");
            ids.add(answer.header("x-request-id").orElseThrow());
        }
        assertThat(ids).doesNotContain("made-up").doesNotHaveDuplicates().isSorted();
    }

    @Test
    void nothingRemembersWhoCameButTheSession() {
        assertThat(nobody.get("/login").header("set-cookie")).isEmpty();
        assertThat(nobody.get("/api/v1/session").header("set-cookie")).isEmpty();
    }
}
