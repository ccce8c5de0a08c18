package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.audit.AuditOptions;
import io.aipanel.service.audit.Evidence;
import io.aipanel.service.audit.ExportCheck;
import io.aipanel.service.audit.Verification;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AuditExportHttpTest extends HttpTest {

    private static final String EXPORT = "/api/v1/audit/export";

    private static final byte[] PIECE = "x".repeat(10_000).getBytes(StandardCharsets.US_ASCII);

    private final CountDownLatch noticed = new CountDownLatch(1);

    @Override
    PanelOptions panelOptions() {
        return super.panelOptions()
                .audit(new AuditOptions(
                        Optional.of(directory.resolve("audit.key")), Optional.of("test/log"), List.of(), false));
    }

    /** Bodies that never end, and that fail on the way. */
    @Override
    List<Route> further() {
        return List.of(
                Route.at(Method.GET, "/test/endless", "test.endless", Rule.PUBLIC)
                        .answersText(200, "text/plain")
                        .handledBy(call -> Reply.stream("text/plain", out -> {
                            try {
                                while (true) {
                                    out.write(PIECE);
                                    out.flush();
                                }
                            } catch (IOException e) {
                                noticed.countDown();
                                throw e;
                            }
                        })),
                Route.at(Method.GET, "/test/broken", "test.broken", Rule.PUBLIC)
                        .answersText(200, "text/plain")
                        .handledBy(call -> Reply.stream("text/plain", out -> {
                            out.write(PIECE);
                            out.flush();
                            throw new IllegalStateException("on purpose");
                        })),
                Route.at(Method.GET, "/test/never-begun", "test.never-begun", Rule.PUBLIC)
                        .answersText(200, "text/plain")
                        .handledBy(call -> Reply.stream("text/plain", out -> {
                            out.write('x');
                            throw new IllegalStateException("on purpose");
                        })));
    }

    @Test
    void theWholeLogIsExportedWithWhatProvesIt() throws IOException {
        Client admin = admin();
        record(500);
        String note = panel.audit().makeCheckpoint(PROGRAM).checkpoint().toString();

        Answer answer = admin.get(EXPORT).expect(200);

        assertThat(answer.header("content-type")).contains("application/x-ndjson");
        assertThat(answer.header("content-disposition")).contains("attachment; filename=\"audit.ndjson\"");
        assertThat(answer.header("cache-control")).contains("no-store");
        Evidence evidence =
                new Evidence(Evidence.checkpoints(note), panel.audit().keys(PROGRAM));
        Verification found = ExportCheck.of(
                new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8)), evidence, Optional.empty());
        assertThat(found.message()).contains("502 events checked");
        assertThat(found.status()).isEqualTo(Verification.Status.INTACT);
        // Like every other look at the log, it is not in the log.
        assertThat(panel.audit().makeCheckpoint(PROGRAM).checkpoint()).hasToString(note);
    }

    @Test
    void aQuestionIsExportedAsItIsListed() {
        Client admin = admin();
        record(250);

        Answer lines = admin.get(EXPORT + "?action=file.&order=newest").expect(200);
        assertThat(lines.body().lines()).hasSize(250);
        assertThat(lines.body()).startsWith("{\"index\":251,").endsWith("\"details\":{\"n\":0}}\n");
        Answer table = admin.get(EXPORT + "?format=csv&target=file:7").expect(200);
        assertThat(table.header("content-type")).contains("text/csv;charset=utf-8");
        assertThat(table.header("content-disposition")).contains("attachment; filename=\"audit.csv\"");
        assertThat(table.body())
                .startsWith("index,at,actor,action,target,outcome,address,requestId,details\r\n9,")
                .endsWith(",file.upload,file:7,success,,,\"{\"\"n\"\":7}\"\r\n");
        assertThat(table.body().lines()).hasSize(2);
        assertThat(admin.send("HEAD", EXPORT, Optional.empty()).expect(200).body())
                .isEmpty();
    }

    @Test
    void whatCannotBeAskedForIsNamed() {
        Client admin = admin();
        admin.get(EXPORT + "?format=xml").expectProblem(400, "invalid-value", "format");
        admin.get(EXPORT + "?order=best").expectProblem(400, "invalid-value", "order");
        admin.get(EXPORT + "?text=x").expectProblem(400, "invalid-value", "text");
        nobody.get(EXPORT).expectProblem(401, "not-signed-in");
    }

    @Test
    void whenWhoeverAskedGoesAwayTheWorkEnds() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write("GET /test/endless HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n"
                            .formatted(server.port())
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
        assertThat(noticed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aBodyThatCannotBeCompletedHasNoEnd() {
        // This client asks for a body that ends with the connection, the other for chunks.
        assertThatThrownBy(() -> nobody.get("/test/broken")).isInstanceOf(UncheckedIOException.class);
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.baseUrl() + "/test/broken"))
                .timeout(Duration.ofSeconds(30))
                .build();
        assertThatThrownBy(() -> nobody.http().send(request, HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
        nobody.get("/test/never-begun").expectProblem(500, "internal-error");
        // Other requests go on.
        nobody.get("/health/live").expect(200);
    }

    private void record(int number) {
        List<NewAuditEvent> events = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            events.add(new NewAuditEvent(
                    clock.instant(),
                    "program:test",
                    "file.upload",
                    "file:" + i,
                    AuditOutcome.SUCCESS,
                    Optional.empty(),
                    Optional.empty(),
                    new JsonText("{\"n\":" + i + "}")));
        }
        panel.audit().list(PROGRAM, AuditFilter.NEWEST, PageRequest.first(1));
        panel.audit().record(events);
    }
}
