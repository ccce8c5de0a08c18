package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PagesHttpTest extends HttpTest {

    private static final Pattern ASSET = Pattern.compile("(?:href|src)=\"(/assets/[^\"]+)\"");

    private Client browser;

    @Override
    Client client() {
        Client client = super.client();
        browser = client.with("Accept", "text/html,application/xhtml+xml").with("Sec-Fetch-Site", "same-origin");
        return client;
    }

    @Override
    void prepare(PreparedData data, Path target) {
        data.copyEmpty(target);
    }

    @Test
    void whoeverComesIsLedToTheLogin() {
        addUser(ADMIN, "admin");
        assertThat(browser.get("/").expect(303).header("location")).contains("/login");
        Answer login = browser.get("/login").expect(200);
        assertThat(login.header("content-type")).contains("text/html;charset=utf-8");
        assertThat(login.body())
                .contains(
                        "<label for=\"email\">", "<label for=\"password\">", "<form method=\"post\" action=\"/login\"")
                .doesNotContain("set-up");
        assertThat(browser.get("/setup").expect(303).header("location")).contains("/login");
    }

    @Test
    void whileThereAreNoUsersTheLoginSpeaksOfTheSetUpLink() {
        assertThat(browser.get("/login").expect(200).body()).contains("set-up link", "href=\"/setup\"");
    }

    @Test
    void thePrintedLinkLeadsToTheFirstAdminAndStraightIn() {
        String code = panel.setup().offer().orElseThrow().reveal();
        Answer form = browser.get("/setup?code=" + code).expect(200);
        assertThat(form.body()).contains("value=\"" + code + "\"");
        Answer weak = browser.form("/setup", fields("code", code, "email", ADMIN, "password", "short"))
                .expect(400);
        assertThat(weak.body())
                .contains("id=\"password-error\"", "aria-invalid=\"true\"", "value=\"" + ADMIN + "\"")
                .doesNotContain("short\"");
        Answer in = browser.form(
                        "/setup",
                        fields("code", code, "email", ADMIN, "displayName", "<b>Anna & Co</b>", "password", PASSWORD))
                .expect(303);
        assertThat(in.header("location")).contains("/");
        Client inside =
                browser.with("Cookie", in.header("set-cookie").orElseThrow().split(";")[0]);
        Answer home = inside.get("/").expect(200);
        assertThat(home.body())
                .contains("&lt;b&gt;Anna &amp; Co&lt;/b&gt;", ADMIN, "session.login", "Sites", "Users", "Jobs waiting")
                .doesNotContain("<b>Anna");
    }

    @Test
    void aWrongCodeIsToldNextToItsField() {
        panel.setup().offer();
        Answer wrong = browser.form("/setup", fields("code", "wrong", "email", ADMIN, "password", PASSWORD))
                .expect(403);
        assertThat(wrong.body()).contains("id=\"code-error\"");
    }

    @Test
    void aLoginThatFailsShowsTheFormAgainWithoutThePassword() {
        addUser(ADMIN, "admin");
        Answer wrong = browser.form("/login", fields("email", ADMIN, "password", "wrong horse"))
                .expect(401);
        assertThat(wrong.body())
                .contains("The e-mail or the password is wrong.", "value=\"" + ADMIN + "\"", "role=\"alert\"")
                .doesNotContain("wrong horse");
        assertThat(browser.form("/login", fields("email", "\"><script>", "password", "x"))
                        .expect(400)
                        .body())
                .contains("id=\"email-error\"")
                .doesNotContain("<script>");
        browser.form("/login", "").expect(400);
        for (int i = 0; i < 4; i++) {
            browser.form("/login", fields("email", ADMIN, "password", "wrong")).expect(401);
        }
        Answer throttled = browser.form("/login", fields("email", ADMIN, "password", PASSWORD))
                .expect(429);
        assertThat(throttled.header("retry-after")).isPresent();
        assertThat(throttled.body()).contains("too many failed attempts");
    }

    @Test
    void loggingOutEndsTheSession() {
        addUser(ADMIN, "admin");
        Answer in = browser.form("/login", fields("email", ADMIN, "password", PASSWORD))
                .expect(303);
        Client inside =
                browser.with("Cookie", in.header("set-cookie").orElseThrow().split(";")[0]);
        inside.get("/").expect(200);
        Answer out = inside.form("/logout", "").expect(303);
        assertThat(out.header("location")).contains("/login");
        assertThat(out.header("set-cookie").orElseThrow()).contains("Max-Age=0");
        inside.get("/").expect(303);
    }

    @Test
    void theStartPageShowsOnlyWhatOneMaySee() {
        addUser("anna@example.com", "user");
        addUser("ghost@example.com");
        String anna = browser.with("Cookie", cookie("anna@example.com"))
                .get("/")
                .expect(200)
                .body();
        assertThat(anna).contains("Your sites").doesNotContain("Users").doesNotContain("Last events");
        String ghost = browser.with("Cookie", cookie("ghost@example.com"))
                .get("/")
                .expect(200)
                .body();
        assertThat(ghost).contains("no role").doesNotContain("Your sites");
    }

    @Test
    void pagesHaveNoInlineScriptsAndNoInlineStyle() {
        addUser(ADMIN, "admin");
        Client inside = browser.with("Cookie", cookie(ADMIN));
        for (Answer page : new Answer[] {browser.get("/login"), inside.get("/"), browser.get("/nothing")}) {
            assertThat(page.body())
                    .doesNotContainPattern("<script(?! src=\"/assets/)")
                    .doesNotContainPattern(" on[a-z]+=")
                    .doesNotContain("style=")
                    .doesNotContain("<style");
            assertThat(page.header("content-security-policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'")
                    .doesNotContain("unsafe");
        }
    }

    @Test
    void whatPagesReferToIsThereAndMayBeKeptForEver() {
        Matcher assets = ASSET.matcher(browser.get("/login").body());
        int count = 0;
        while (assets.find()) {
            Answer asset = browser.get(assets.group(1)).expect(200);
            assertThat(asset.header("cache-control")).contains("public, max-age=31536000, immutable");
            count++;
        }
        assertThat(count).isEqualTo(4);
    }

    @Test
    void aPathThatLeadsNowhereIsAPageForPeopleAndAProblemForPrograms() {
        Answer page = browser.get("/nothing").expect(404);
        assertThat(page.header("content-type")).contains("text/html;charset=utf-8");
        assertThat(page.body()).contains("There is nothing at this path", "href=\"/\"");
        nobody.get("/nothing").expectProblem(404, "no-such-path");
        browser.get("/api/v1/nothing").expectProblem(404, "no-such-path");
    }

    @Test
    void thePanelsNameIsOnEveryPage() {
        addUser(ADMIN, "admin");
        Client admin = signedInAdmin();
        admin.put("/api/v1/settings/panel.name", "{\"value\": \"Häuser & Höfe\"}")
                .expect(200);
        assertThat(browser.get("/login").body()).contains("Häuser &amp; Höfe");
    }

    private String cookie(String email) {
        return nobody.loggedIn(email, PASSWORD).headers().get("Cookie");
    }

    private static String fields(String... namesAndValues) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append(form.isEmpty() ? "" : "&")
                    .append(namesAndValues[i])
                    .append("=")
                    .append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }
}
