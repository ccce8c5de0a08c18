package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SetupHttpTest extends HttpTest {

    @Override
    void prepare(PreparedData data, Path target) {
        data.copyEmpty(target);
    }

    @Test
    void theFirstAdminIsAddedOnceWithTheCode() {
        String code = panel.setup().offer().orElseThrow().reveal();
        setUp("wrong").expectProblem(403, "wrong-code", "code");
        Answer added = setUp(code).expect(201);
        assertThat(added.header("location")).contains("/api/v1/users/" + added.text("id"));
        assertThat(added.json().at("/roles/0").asText()).isEqualTo("admin");
        assertThat(added.body()).doesNotContain(code).doesNotContain(PASSWORD);
        setUp(code).expectProblem(409, "set-up-already");
        nobody.loggedIn(ADMIN, PASSWORD)
                .get(added.header("location").orElseThrow())
                .expect(200);
    }

    @Test
    void withoutAnOfferedCodeNothingIsRight() {
        setUp("").expectProblem(403, "wrong-code", "code");
    }

    @Test
    void aWeakPasswordLeavesTheCodeGood() {
        String code = panel.setup().offer().orElseThrow().reveal();
        nobody.post(
                        "/api/v1/setup",
                        "{\"code\": \"%s\", \"email\": \"%s\", \"password\": \"short\"}".formatted(code, ADMIN))
                .expectProblem(400, "invalid-value", "password");
        setUp(code).expect(201);
    }

    private Answer setUp(String code) {
        return nobody.post(
                "/api/v1/setup",
                "{\"code\": \"%s\", \"email\": \"%s\", \"displayName\": \"The Admin\", \"password\": \"%s\"}"
                        .formatted(code, ADMIN, PASSWORD));
    }
}
