package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.ports.storage.OutboxFull;
import io.aipanel.ports.storage.StaleVersion;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.ports.storage.StoreFull;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreUnavailable;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** One test after another, because each changes what the logger does. */
@Execution(ExecutionMode.SAME_THREAD)
class FailuresHttpTest extends HttpTest {

    private static final String INSIDE = "the inside of the panel";

    private static final Map<String, Supplier<Throwable>> THROWN = Map.ofEntries(
            Map.entry("timed-out", () -> unavailable(StoreUnavailable.Reason.TIMED_OUT)),
            Map.entry("unknown", () -> unavailable(StoreUnavailable.Reason.OUTCOME_UNKNOWN)),
            Map.entry("unreachable", () -> unavailable(StoreUnavailable.Reason.UNREACHABLE)),
            Map.entry("read-only", () -> unavailable(StoreUnavailable.Reason.READ_ONLY)),
            Map.entry("closed", () -> unavailable(StoreUnavailable.Reason.CLOSED)),
            Map.entry("outbox", () -> new OutboxFull(INSIDE, null)),
            Map.entry("full", () -> new StoreFull(INSIDE, null)),
            Map.entry("corrupt", () -> new StoreCorrupt(INSIDE, null)),
            Map.entry("misconfigured", () -> new StoreMisconfigured(INSIDE, null)),
            Map.entry("stale", () -> new StaleVersion("it", 1, 2)),
            Map.entry("bug", () -> new IllegalStateException(INSIDE)),
            Map.entry("error", () -> new StackOverflowError(INSIDE)));

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.aipanel.http");

    @Override
    List<Route> further() {
        return THROWN.entrySet().stream()
                .map(thrown -> Route.at(Method.GET, "/test/" + thrown.getKey(), "test." + thrown.getKey(), Rule.PUBLIC)
                        .summary("Fails")
                        .answers(200)
                        .handledBy(call -> fail(thrown.getValue().get())))
                .toList();
    }

    @BeforeEach
    void listen() {
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(log);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @ParameterizedTest
    @CsvSource({
        "timed-out, 503, store-busy, 1",
        "unknown, 503, outcome-unknown,",
        "unreachable, 503, store-unreachable, 5",
        "read-only, 503, store-read-only,",
        "closed, 503, store-closed,",
        "outbox, 503, outbox-full, 5",
        "full, 503, store-full,",
        "corrupt, 503, store-corrupt,",
        "misconfigured, 503, store-misconfigured,",
        "bug, 500, internal-error,",
        "error, 500, internal-error,"
    })
    void whatFailsInsideIsToldWithoutTheInsideAndLoggedOnceWithTheRequest(
            String what, int status, String code, String retryAfter) {
        Answer answer = nobody.get("/test/" + what).expectProblem(status, code);
        assertThat(answer.body())
                .doesNotContain(INSIDE)
                .doesNotContain("Exception")
                .doesNotContain("io.aipanel");
        assertThat(answer.header("retry-after").orElse(null)).isEqualTo(retryAfter);
        List<ILoggingEvent> logged = logged(answer);
        assertThat(logged).hasSize(1);
        IThrowableProxy thrown = logged.get(0).getThrowableProxy();
        assertThat(logged.get(0).getFormattedMessage() + (thrown == null ? "" : thrown.getMessage()))
                .contains(INSIDE);
    }

    @Test
    void anUnknownOutcomeIsNotCalledAFailure() {
        assertThat(nobody.get("/test/unknown").text("detail")).contains("outcome is unknown");
    }

    @Test
    void titlesAreTheWordsOfTheStatus() {
        assertThat(nobody.get("/test/bug").text("title")).isEqualTo("Internal Server Error");
        assertThat(nobody.get("/nothing").text("title")).isEqualTo("Not Found");
    }

    @Test
    void aLostRaceIsAConflictUnlessAVersionWasAskedFor() {
        Answer lost = nobody.get("/test/stale").expectProblem(409, "stale-version");
        nobody.with("If-Match", "\"1\"").get("/test/stale").expectProblem(412, "stale-version");
        assertThat(logged(lost)).isEmpty();
    }

    @Test
    void peopleGetAPage() {
        Answer page = nobody.with("Accept", "text/html").get("/test/bug").expect(500);
        assertThat(page.header("content-type")).contains("text/html;charset=utf-8");
        assertThat(page.body())
                .contains(page.header("x-request-id").orElseThrow())
                .doesNotContain(INSIDE);
    }

    @Test
    void aPanelThatIsClosedIsNotReady() {
        nobody.get("/health/ready").expect(200);
        panel.close();
        Answer unwell = nobody.get("/health/ready").expect(503);
        assertThat(unwell.text("status")).isEqualTo("not-ready");
        assertThat(unwell.json().path("checks"))
                .extracting(check -> check.path("name").asText())
                .contains("panel", "audit", "queue");
        assertThat(unwell.body()).doesNotContain(directory.toString());
        nobody.get("/health/live").expect(200);
        nobody.post("/api/v1/session", "{\"email\": \"a@b.c\", \"password\": \"x\"}")
                .expectProblem(503, "store-closed");
    }

    /** What was logged about a request; other tests may run at the same time. */
    private List<ILoggingEvent> logged(Answer answer) {
        String requestId = answer.header("x-request-id").orElseThrow();
        synchronized (log) {
            return log.list.stream()
                    .filter(event -> event.getFormattedMessage().contains(requestId))
                    .toList();
        }
    }

    private static Reply fail(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }

    private static StoreUnavailable unavailable(StoreUnavailable.Reason reason) {
        return new StoreUnavailable(reason, INSIDE, null);
    }
}
