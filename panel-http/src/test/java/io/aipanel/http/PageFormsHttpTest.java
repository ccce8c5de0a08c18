package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.hosting.SiteFilter;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.NewJob;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What forms of pages do, without a browser: what they refuse, what they keep, and where they lead. */
class PageFormsHttpTest extends HttpTest {

    private Client outside;
    private Client inside;

    @BeforeEach
    void logIn() {
        outside = nobody.with("Accept", "text/html").with("Sec-Fetch-Site", "same-origin");
        inside = outside.with("Cookie", signedInAdmin().headers().get("Cookie"));
    }

    @Test
    void whoHasToLogInGoesOnWhereTheyWantedToBe() {
        assertThat(outside.get("/jobs?state=pending&type=a").expect(303).header("location"))
                .contains("/login?return=%2Fjobs%3Fstate%3Dpending%26type%3Da");
        Answer form = outside.get("/login?return=%2Fjobs%3Fstate%3Dpending").expect(200);
        assertThat(form.body()).contains("name=\"return\" value=\"/jobs?state=pending\"");
        assertThat(outside.form("/login", credentials() + "&return=" + encoded("/jobs?state=pending"))
                        .expect(303)
                        .header("location"))
                .contains("/jobs?state=pending");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "https://evil.example/",
                "/\\evil.example",
                "evil",
                "",
                "/a\nSet-Cookie: x=y",
                "/\tx",
                "javascript:alert(1)"
            })
    void nobodyIsLedElsewhere(String target) {
        assertThat(outside.form("/login", credentials() + "&return=" + encoded(target))
                        .expect(303)
                        .header("location"))
                .contains("/");
        assertThat(outside.form("/display", "theme=dark&return=" + encoded(target))
                        .expect(303)
                        .header("location"))
                .contains("/");
    }

    @Test
    void whatWasFilledInIsKeptWhileOneLogsInAgainButNoPassword() {
        Answer logIn = outside.form("/users/new", "email=b%40example.com&roles=user&roles=auditor&password=secret1234")
                .expect(401);
        assertThat(logIn.body())
                .contains(
                        "name=\"kept.email\" value=\"b@example.com\"",
                        "name=\"kept.roles\" value=\"user\"",
                        "name=\"kept.roles\" value=\"auditor\"",
                        "name=\"return\" value=\"/users/new\"")
                .doesNotContain("secret1234");
        Answer again = outside.form(
                        "/login",
                        credentials() + "&return=%2Fusers%2Fnew&kept.email=b%40example.com&kept.roles=user"
                                + "&kept.roles=auditor")
                .expect(200);
        assertThat(again.header("set-cookie")).isPresent();
        assertThat(again.body()).contains("action=\"/users/new\"", "name=\"again\"", "value=\"b@example.com\"");
        Answer form = inside.form("/users/new", "again=true&email=b%40example.com&roles=user&roles=auditor")
                .expect(200);
        assertThat(form.body())
                .contains("value=\"b@example.com\"", "value=\"user\" checked", "value=\"auditor\" checked");
        assertThat(panel.users().list(PROGRAM, PageRequest.first(10)).items()).hasSize(1);
    }

    @Test
    void aScriptThatReplacesAPartIsToldThatTheSessionHasEnded() {
        Answer answer = outside.with("HX-Request", "true").get("/jobs").expect(401);
        assertThat(answer.header("location")).isEmpty();
    }

    @Test
    void aNoticeIsToldOnceAndAMadeUpOneIsOnlyText() {
        Answer done = inside.form("/sites/new", "hostName=a.example").expect(303);
        String notice = done.header("set-cookie").orElseThrow().split(";")[0];
        String cookies = inside.headers().get("Cookie");
        Answer told =
                inside.with("Cookie", cookies + "; " + notice).get("/sites").expect(200);
        assertThat(told.body()).contains("a.example was added.");
        assertThat(told.header("set-cookie").orElseThrow()).contains("panel_notice=;", "Max-Age=0");
        String madeUp = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("notice.site-added\n<script>".getBytes(StandardCharsets.UTF_8));
        assertThat(inside.with("Cookie", cookies + "; panel_notice=" + madeUp)
                        .get("/sites")
                        .expect(200)
                        .body())
                .contains("&lt;script&gt; was added.");
        for (String nonsense : new String[] {"x", "%%%", "bm90aWNlLm5vbmU"}) {
            inside.with("Cookie", cookies + "; panel_notice=" + nonsense)
                    .get("/sites")
                    .expect(200);
        }
    }

    @Test
    void formsOfOtherSitesAreRefused() {
        Client elsewhere = inside.with("Sec-Fetch-Site", "cross-site");
        elsewhere.form("/sites/new", "hostName=a.example").expect(403);
        elsewhere.form("/jobs/cancel", "all=true&confirmed=true").expect(403);
        assertThat(panel.sites()
                        .list(PROGRAM, SiteFilter.ALL, PageRequest.first(10))
                        .items())
                .isEmpty();
    }

    @Test
    void nothingIsDoneToManyJobsBeforeSomebodyHasSeenHowManyTheyAre() {
        for (int i = 0; i < 3; i++) {
            panel.jobs().enqueue(NewJob.of("a").queue("q"));
        }
        Answer asked = inside.form("/jobs/cancel", "queue=q&all=true").expect(200);
        assertThat(asked.body()).contains("Cancel jobs: 3", "name=\"confirmed\"", "name=\"queue\" value=\"q\"");
        assertThat(actions()).doesNotContain("job.cancel");
        inside.form("/jobs/cancel", "queue=q&all=true&confirmed=true").expect(303);
        assertThat(inside.get("/jobs?queue=q&state=cancelled").expect(200).body())
                .contains("<span class=\"count\">3</span>");
        assertThat(inside.form("/jobs/retry", "queue=q").expect(303).header("location"))
                .contains("/jobs?queue=q");
        assertThat(panel.jobs().counts(PROGRAM).stream()
                        .mapToLong(counts -> counts.jobs().get(JobState.PENDING))
                        .sum())
                .isZero();
    }

    @Test
    void whatCannotBeLookedForIsToldBesideTheForm() {
        assertThat(inside.get("/jobs?queue=no%20queue&type=ok").expect(400).body())
                .contains("role=\"alert\"", "value=\"no queue\"", "value=\"ok\"");
        assertThat(inside.get("/jobs?state=%3Cb%3E").expect(400).body()).doesNotContain("<b>");
        assertThat(inside.get("/audit?from=yesterday").expect(400).body()).contains("role=\"alert\"");
        assertThat(inside.get("/audit?text=x").expect(400).body()).contains("role=\"alert\"");
        assertThat(inside.get("/sites?search=%3Cscript%3E").expect(200).body())
                .contains("value=\"&lt;script>\"")
                .doesNotContain("<script>");
    }

    @Test
    void aChangeThatSomebodyElseHasMadeMeanwhileIsNotOverwritten() {
        String id = addSite(admin(), "a.example");
        Answer form = inside.get("/sites/" + id + "/edit").expect(200);
        assertThat(form.body()).contains("name=\"version\" value=\"1\"");
        String fields = "hostName=a.example&documentRoot=%2Fsrv%2Fa&status=active&version=1";
        inside.form("/sites/" + id + "/edit", fields).expect(303);
        Answer late = inside.form("/sites/" + id + "/edit", fields).expect(409);
        assertThat(late.body()).contains("role=\"alert\"", "value=\"/srv/a\"");
    }

    @Test
    void whoMayOnlySeeIsOfferedNothingElse() {
        addSite(admin(), "a.example");
        addUser("auditor@example.com", "auditor");
        Client auditor = outside.with(
                "Cookie",
                nobody.loggedIn("auditor@example.com", PASSWORD).headers().get("Cookie"));
        assertThat(auditor.get("/sites").expect(200).body()).doesNotContain("/sites/new");
        assertThat(auditor.get("/jobs").expect(200).body()).doesNotContain("formaction");
        assertThat(auditor.get("/users").expect(200).body()).doesNotContain("/users/new");
        assertThat(auditor.get("/roles").expect(200).body()).doesNotContain("/roles/new");
        addUser("anna@example.com", "user");
        Client user = outside.with(
                "Cookie",
                nobody.loggedIn("anna@example.com", PASSWORD).headers().get("Cookie"));
        assertThat(user.get("/").expect(200).body())
                .contains("href=\"/sites\"")
                .doesNotContain("href=\"/jobs\"", "href=\"/audit\"", "href=\"/users\"");
        user.get("/jobs").expect(403);
    }

    @Test
    void anEventShowsWhatWasBeforeAndAfter() {
        String id = addSite(admin(), "a.example");
        admin().patch("/api/v1/sites/" + id, "{\"documentRoot\": \"/srv/<new>\"}")
                .expect(200);
        long index = events().get(events().size() - 1).index();
        assertThat(inside.get("/audit/" + index).expect(200).body())
                .contains("documentRoot", "/var/www/a.example", "/srv/&lt;new&gt;", "/api/v1/audit/proof/" + index);
        inside.get("/audit/4711").expect(404);
        inside.get("/audit/x").expect(404);
    }

    @Test
    void rolesAreAddedChangedAndRemoved() {
        inside.form("/roles/new", "name=deployer&permissions=jobs%3Awrite").expect(303);
        assertThat(inside.form("/roles/new", "name=deployer").expect(409).body())
                .contains("id=\"name-error\"");
        assertThat(inside.form("/roles/new", "name=Not+a+name").expect(400).body())
                .contains("id=\"name-error\"");
        inside.form("/roles/deployer", "description=Deploys&permissions=jobs%3Aread")
                .expect(303);
        assertThat(inside.get("/roles/deployer").expect(200).body())
                .contains("value=\"jobs:read\" checked")
                .doesNotContain("value=\"jobs:write\" checked");
        inside.get("/roles/admin").expect(404);
        assertThat(inside.form("/roles/deployer/remove", "").expect(200).body()).contains("name=\"confirmed\"");
        inside.form("/roles/deployer/remove", "confirmed=true").expect(303);
        inside.get("/roles/deployer").expect(404);
    }

    private static String credentials() {
        return "email=" + encoded(ADMIN) + "&password=" + encoded(PASSWORD);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
