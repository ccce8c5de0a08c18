package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipanel.http.backup.RestoreInPlace;
import io.aipanel.http.iam.SessionCookie;
import io.aipanel.http.pages.Languages;
import io.aipanel.http.web.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the description says of itself; that real answers are as it says, every other test of this package checks. */
class OpenApiHttpTest extends HttpTest {

    @Test
    void theDescriptionHasEveryRouteThatIsNoPageAndNothingElse() {
        SessionCookie cookie = new SessionCookie(false);
        List<String> served = new ArrayList<>();
        for (Route route : RouteTable.of(
                panel, cookie, Languages.with(Optional.empty()), RestoreInPlace.UNSUPPORTED, List.of(), "test")) {
            boolean forPeople =
                    route.action().startsWith("page.") || route.action().startsWith("asset.");
            if (!forPeople) {
                served.add(route.method() + " " + route.path());
            }
        }
        List<String> described = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path :
                nobody.contract().document().get("paths").properties()) {
            path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
        }
        assertThat(described).containsExactlyInAnyOrderElementsOf(served).hasSizeGreaterThan(40);
    }

    @Test
    void everyPathOfTheApiIsThere() {
        assertThat(nobody.contract().document().get("paths").properties())
                .extracting(Map.Entry::getKey)
                .contains(
                        "/api/v1/session",
                        "/api/v1/setup",
                        "/api/v1/password",
                        "/api/v1/users",
                        "/api/v1/users/{id}",
                        "/api/v1/users/{id}/sessions",
                        "/api/v1/sessions/{id}",
                        "/api/v1/roles",
                        "/api/v1/tokens",
                        "/api/v1/sites",
                        "/api/v1/sites/{id}",
                        "/api/v1/sites/{id}/databases",
                        "/api/v1/settings",
                        "/api/v1/settings/{key}",
                        "/api/v1/components",
                        "/api/v1/components/{name}",
                        "/api/v1/components/refresh",
                        "/api/v1/components/{name}/policy",
                        "/api/v1/components/{name}/pin",
                        "/api/v1/audit/events",
                        "/api/v1/audit/export",
                        "/api/v1/jobs",
                        "/api/v1/jobs/{id}",
                        "/api/v1/jobs/{id}/retry",
                        "/api/v1/jobs/{id}/cancel",
                        "/api/v1/jobs/retry",
                        "/api/v1/jobs/cancel",
                        "/api/v1/queues",
                        "/api/v1/queues/{name}",
                        "/api/v1/queues/{name}/pause",
                        "/api/v1/queues/{name}/resume",
                        "/api/v1/schedules",
                        "/api/v1/schedules/{name}",
                        "/api/v1/backups",
                        "/api/v1/backups/{id}",
                        "/api/v1/backups/{id}/verify",
                        "/api/v1/backups/{id}/restore",
                        "/api/v1/capacity",
                        "/api/v1/capacity/history",
                        "/api/v1/storage",
                        "/metrics",
                        "/health/live",
                        "/health/ready",
                        "/openapi.json");
    }

    @Test
    void everyOperationSaysWhatItIsWhoMayAndWhatComesBack() {
        JsonNode document = nobody.contract().document();
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(document.at("/info/version").asText()).isEqualTo("0.0.0-test");
        List<String> ids = new ArrayList<>();
        document.get("paths")
                .forEach(path -> path.forEach(operation -> {
                    String id = operation.path("operationId").asText();
                    ids.add(id);
                    assertThat(operation.path("summary").asText()).as(id).isNotEmpty();
                    assertThat(operation.has("security")).as(id).isTrue();
                    assertThat(operation.get("responses").properties())
                            .as(id)
                            .extracting(Map.Entry::getKey)
                            .anyMatch(status -> status.startsWith("2"))
                            .anyMatch(status -> status.startsWith("5"));
                }));
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        JsonNode document = nobody.contract().document();
        for (String reference : document.findValuesAsText("$ref")) {
            assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        }
        assertThat(document.findValuesAsText("$ref")).isNotEmpty();
    }
}
