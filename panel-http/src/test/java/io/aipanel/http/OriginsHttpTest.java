package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.hosting.SiteFilter;
import io.aipanel.http.web.Refusal;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsHttpTest extends HttpTest {

    private static final String SITE = "{\"hostName\": \"example.org\"}";

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "nonsense"})
    void pagesOfOtherSitesChangeNothing(String fetchSite) {
        Client admin = signedInAdmin().with("Sec-Fetch-Site", fetchSite);
        admin.post("/api/v1/sites", SITE).expectProblem(403, "cross-site");
        nobody.with("Sec-Fetch-Site", fetchSite)
                .post("/api/v1/session", "{\"email\": \"" + ADMIN + "\", \"password\": \"" + PASSWORD + "\"}")
                .expectProblem(403, "cross-site");
        nobody.with("Sec-Fetch-Site", fetchSite).form("/login", "email=a").expect(403);
        assertThat(panel.sites()
                        .list(PROGRAM, SiteFilter.ALL, PageRequest.first(1))
                        .items())
                .isEmpty();
        admin.get("/api/v1/sites").expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void ownPagesMay(String fetchSite) {
        signedInAdmin()
                .with("Sec-Fetch-Site", fetchSite)
                .post("/api/v1/sites", SITE)
                .expect(201);
    }

    @Test
    void whereBrowsersDoNotSayTheSiteTheOriginDecides() {
        Client admin = signedInAdmin();
        admin.with("Origin", "https://evil.example").post("/api/v1/sites", SITE).expectProblem(403, "cross-site");
        admin.with("Origin", "null").post("/api/v1/sites", SITE).expectProblem(403, "cross-site");
        admin.with("Origin", server.baseUrl() + ".evil.example")
                .post("/api/v1/sites", SITE)
                .expectProblem(403, "cross-site");
        admin.with("Origin", server.baseUrl().toString())
                .post("/api/v1/sites", SITE)
                .expect(201);
    }

    @Test
    void programsWithATokenAreNoBrowsers() {
        Answer token =
                signedInAdmin().post("/api/v1/tokens", "{\"name\": \"x\"}").expect(201);
        nobody.bearer(token.text("secret"))
                .with("Origin", "https://elsewhere.example")
                .with("Sec-Fetch-Site", "cross-site")
                .post("/api/v1/sites", SITE)
                .expect(201);
    }

    @Test
    void aTokenThatIsNoneDoesNotLetACookieThrough() {
        signedInAdmin()
                .bearer("panel_nonsense")
                .with("Sec-Fetch-Site", "cross-site")
                .post("/api/v1/sites", SITE)
                .expect(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:8080", "127.0.0.1.evil.example", "192.0.2.7", "[2001:db8::1]"})
    void aNameThatIsNotThisMachinesIsRefused(String host) throws IOException {
        assertThat(get(host)).startsWith("HTTP/1.1 421").contains("misdirected-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:1",
                "127.0.0.1",
                "127.0.0.1:8080",
                "[::1]",
                "[::1]:8080",
                "panel.localhost"
            })
    void aNameOfThisMachineIsFine(String host) throws IOException {
        assertThat(get(host)).startsWith("HTTP/1.1 200");
    }

    @Test
    void withAPublicUrlThatIsTheOnlyOrigin() {
        Origins origins = new Origins("127.0.0.1", Optional.of(URI.create("https://panel.example:443/")));
        assertThatCode(() -> origins.requireOwnHost("panel.example")).doesNotThrowAnyException();
        assertThatCode(() -> origins.requireSameSite(null, "https://panel.example", "127.0.0.1:8080"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> origins.requireSameSite(null, "http://panel.example", "panel.example"))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> origins.requireSameSite(null, "https://panel.example:8443", "panel.example:8443"))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void cookiesAreSentOverTlsOnlyWhereOthersCouldListen() {
        assertThat(new Origins("127.0.0.1", Optional.empty()).secureCookies()).isFalse();
        assertThat(new Origins("::1", Optional.empty()).secureCookies()).isFalse();
        assertThat(new Origins("localhost", Optional.empty()).secureCookies()).isFalse();
        assertThat(new Origins("0.0.0.0", Optional.empty()).secureCookies()).isTrue();
        assertThat(new Origins("", Optional.empty()).secureCookies()).isTrue();
        assertThat(new Origins("192.0.2.1", Optional.empty()).secureCookies()).isTrue();
        assertThat(new Origins("127.0.0.1", Optional.of(URI.create("https://p.example"))).secureCookies())
                .isTrue();
        assertThat(new Origins("0.0.0.0", Optional.of(URI.create("http://p.example"))).secureCookies())
                .isFalse();
    }

    private String get(String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            String request = "GET /health/live HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
