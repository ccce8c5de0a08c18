package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * What came back.
 *
 * @param status the status
 * @param headers the headers
 * @param body the body; empty if there was none
 */
record Answer(int status, HttpHeaders headers, String body) {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** Requires a status. */
    Answer expect(int wanted) {
        assertThat(status).as(body).isEqualTo(wanted);
        return this;
    }

    /** Requires a problem: its status, its code and the field that it names. */
    Answer expectProblem(int wanted, String code, String field) {
        expectProblem(wanted, code);
        assertThat(json().path("field").asText()).as(body).isEqualTo(field);
        return this;
    }

    /** Requires a problem: its status and its code. */
    Answer expectProblem(int wanted, String code) {
        expect(wanted);
        assertThat(header("content-type")).contains("application/problem+json");
        assertThat(json().path("code").asText()).as(body).isEqualTo(code);
        assertThat(json().path("status").asInt()).isEqualTo(wanted);
        assertThat(json().path("requestId").asText())
                .isEqualTo(header("x-request-id").orElseThrow());
        return this;
    }

    JsonNode json() {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + body, e);
        }
    }

    /** The text of a field. */
    String text(String field) {
        return json().path(field).asText();
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }
}
