package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Secret;
import io.aipanel.domain.hosting.SiteFilter;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.http.backup.RestoreInPlace;
import io.aipanel.http.iam.SessionCookie;
import io.aipanel.http.pages.Languages;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Route;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.backup.BackupOptions;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.NewUser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The pages in a real browser. One server and one browser for all of it: starting them takes longer than using them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(PreparedData.Resolver.class)
@EnabledIf("chromiumIsThere")
class BrowserTest {

    private static final String ADMIN = "admin@example.com";
    private static final String PASSWORD = "correct horse battery";

    private Panel panel;
    private PanelServer server;
    private Chromium chromium;
    private Map<String, String> samples;
    private Watched admin;

    static boolean chromiumIsThere() {
        return Chromium.isThere();
    }

    @BeforeAll
    void start(PreparedData data, @TempDir Path directory) {
        data.copyEmpty(directory.resolve("data"));
        panel = Panel.open(PanelOptions.of("sqlite:" + directory.resolve("data"))
                .inventory(UpkeepSamples.HOST)
                .backup(BackupOptions.in(directory.resolve("backups"))));
        panel.users()
                .add(
                        Actor.program("test"),
                        new NewUser(
                                new EmailAddress(ADMIN),
                                "Anna Kowalska",
                                Set.of(new RoleName("admin")),
                                new Secret(PASSWORD)));
        samples = new TreeMap<>(new Samples(panel).byPath());
        samples.putAll(new UpkeepSamples(panel, directory.resolve("data")).byPath());
        server = PanelServer.start(panel, new HttpOptions("127.0.0.1", 0, Optional.empty(), List.of(), "0.0.0-test"));
        chromium = new Chromium(server.baseUrl());
        admin = chromium.open().logIn(ADMIN, PASSWORD);
    }

    @AfterAll
    void stop() {
        chromium.close();
        server.close();
        panel.close();
    }

    @BeforeEach
    void forget() {
        admin.complaints();
    }

    @AfterEach
    void nothingToComplainAbout() {
        admin.requireQuiet();
    }

    @Test
    void everyPageCanBeUsedByEverybodyInLightAndDarkFromNarrowToWide() {
        Map<String, List<String>> violations = new TreeMap<>();
        try (Watched nobody = chromium.open()) {
            nobody.page().navigate("/login");
            for (Route route : pages()) {
                look(route.rule().needsSignIn() ? admin : nobody, route, violations);
            }
            nobody.requireQuiet();
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void coloursAndLanguageAreChosenWithAndWithoutScripts() {
        for (boolean scripts : List.of(true, false)) {
            try (Watched browser = chromium.open(scripts)) {
                Page page = browser.page();
                page.navigate("/login");
                page.locator("#theme").selectOption("dark");
                if (!scripts) {
                    page.locator("form:has(#theme) button").click();
                }
                page.waitForURL("**/login");
                page.locator("html[data-theme=dark]").waitFor();
                page.locator("#language").selectOption("pl");
                if (!scripts) {
                    page.locator("form:has(#language) button").click();
                }
                page.locator("html[lang=pl]").waitFor();
                assertThat(page.title()).startsWith("Logowanie");
                assertThat(page.locator("html").getAttribute("data-theme")).isEqualTo("dark");
                browser.requireQuiet();
            }
        }
    }

    @Test
    void whoeverWantsAPageLogsInAndIsThereWithAndWithoutScripts() {
        for (boolean scripts : List.of(true, false)) {
            try (Watched browser = chromium.open(scripts)) {
                Page page = browser.page();
                page.navigate("/?from=link");
                assertThat(page.url()).contains("/login?return=");
                page.locator("#email").fill(ADMIN);
                page.locator("#password").fill(PASSWORD);
                page.locator("main button").click();
                page.waitForURL("**/?from=link");
                page.locator("header form button").click();
                page.waitForURL("**/login");
                browser.requireQuiet();
            }
        }
    }

    @Test
    void aSiteIsAddedChangedAndRemovedWithAndWithoutScripts() {
        for (boolean scripts : List.of(true, false)) {
            try (Watched browser = chromium.open(scripts).logIn(ADMIN, PASSWORD)) {
                Page page = browser.page();
                page.navigate("/sites");
                page.locator("a[href='/sites/new']").click();
                page.locator("#hostName").fill("not a name");
                page.locator("main .card button").click();
                page.locator("#hostName[aria-invalid]").waitFor();
                assertThat(page.locator("#hostName").inputValue()).isEqualTo("not a name");
                page.locator("#hostName").fill("bücher-" + scripts + ".example");
                page.locator("#aliases").fill("www.bücher-" + scripts + ".example");
                page.locator("main .card button").click();
                assertThat(page.locator(".notice.good").textContent()).contains("bücher-" + scripts + ".example");
                page.reload();
                assertThat(page.locator(".notice.good").count()).isZero();
                page.locator("a[href$='/edit']").click();
                page.locator("#status").selectOption("suspended");
                page.locator("main .card button").click();
                page.locator("h1 .badge.suspended").waitFor();
                page.locator("form[action$='/remove'] button").click();
                page.locator("button.danger").click();
                page.waitForURL("**/sites");
                page.locator(".notice.good").waitFor();
                assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("status of 400"));
            }
        }
    }

    @Test
    void aSessionThatEndsWhileAFormIsFilledInTakesNothingAway() {
        for (boolean scripts : List.of(true, false)) {
            try (Watched browser = chromium.open(scripts).logIn(ADMIN, PASSWORD)) {
                Page page = browser.page();
                page.navigate("/sites/new");
                page.locator("#hostName").fill("kept-" + scripts + ".example");
                page.locator("#aliases").fill("a.kept.example\nb.\"kept\".example");
                page.context().clearCookies();
                page.locator("main .card button").click();
                page.locator("#email").fill(ADMIN);
                page.locator("#password").fill(PASSWORD);
                page.locator("main button").click();
                if (!scripts) {
                    page.locator("form[data-again] button").click();
                }
                page.waitForURL("**/sites/new");
                assertThat(page.locator("#hostName").inputValue()).isEqualTo("kept-" + scripts + ".example");
                assertThat(page.locator("#aliases").inputValue()).isEqualTo("a.kept.example\nb.\"kept\".example");
                assertThat(panel.sites()
                                .list(Actor.program("test"), SiteFilter.ALL, PageRequest.first(100))
                                .items())
                        .noneMatch(site -> site.hostName().value().startsWith("kept"));
                assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("status of 401"));
            }
        }
    }

    @Test
    void jobsAreTriedAgainSelectedOrAllWithAndWithoutScripts() {
        for (boolean scripts : List.of(true, false)) {
            Samples.cancelled(panel, "again-" + scripts, 3);
            try (Watched browser = chromium.open(scripts).logIn(ADMIN, PASSWORD)) {
                Page page = browser.page();
                page.navigate("/jobs?type=again-" + scripts + "&state=cancelled");
                assertThat(page.locator("tbody tr").count()).isEqualTo(3);
                page.locator("tbody input").first().check();
                if (scripts) {
                    assertThat(page.locator("#live-bar .state").textContent()).startsWith("Held");
                }
                page.locator("button[formaction='/jobs/retry']").first().click();
                assertThat(page.locator("h1").textContent()).isEqualTo("Retry jobs: 1");
                page.locator("button.danger").click();
                assertThat(page.locator(".notice.good").textContent()).contains("Tried again: 1.");
                assertThat(page.locator("tbody tr").count()).isEqualTo(2);
                page.locator("button[formaction='/jobs/retry'][name=all]").click();
                assertThat(page.locator("h1").textContent()).isEqualTo("Retry jobs: 2");
                page.locator("button.danger").click();
                assertThat(page.locator(".notice.good").textContent()).contains("Tried again: 2.");
                page.locator(".empty").waitFor();
                assertThat(page.url()).contains("type=again-" + scripts).contains("state=cancelled");
                browser.requireQuiet();
            }
        }
    }

    @Test
    void theLogIsSearchedAndCheckedWithAndWithoutScripts() {
        for (boolean scripts : List.of(true, false)) {
            try (Watched browser = chromium.open(scripts).logIn(ADMIN, PASSWORD)) {
                Page page = browser.page();
                page.navigate("/audit");
                page.locator("#action").fill("site.");
                page.locator("#outcome").selectOption("success");
                page.locator(".filter button").click();
                page.waitForURL(url -> url.contains("action=site.") && url.contains("outcome=success"));
                page.locator("tbody a").first().click();
                page.locator("h1 .badge.success").waitFor();
                assertThat(page.locator("main").textContent()).contains("hostName");
                page.navigate("/audit");
                page.locator("form[action='/audit/verify'] button").click();
                page.locator(".badge.intact, .badge.not-verifiable").waitFor();
                page.navigate("/audit?from=yesterday");
                page.locator(".notice.bad").waitFor();
                assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("status of 400"));
            }
        }
    }

    @Test
    void onesOtherSessionsAreEndedWithAndWithoutScripts() {
        String email = "jan@example.com";
        panel.users()
                .add(
                        Actor.program("test"),
                        new NewUser(new EmailAddress(email), "Jan", Set.of(), new Secret(PASSWORD)));
        for (boolean scripts : List.of(true, false)) {
            try (Watched browser = chromium.open(scripts).logIn(email, PASSWORD);
                    Watched other = chromium.open().logIn(email, PASSWORD)) {
                Page page = browser.page();
                page.navigate("/profile");
                page.locator("form[action='/profile/sessions/end'] button").click();
                page.locator(".notice.good").waitFor();
                other.page().navigate("/profile");
                assertThat(other.page().url()).contains("/login");
                browser.requireQuiet();
            }
        }
    }

    @Test
    void theKeyboardIsEnough() {
        Page page = admin.page();
        page.setViewportSize(1280, 800);
        page.navigate("/");
        page.keyboard().press("Tab");
        assertThat(focused(page)).isEqualTo("skip");
        page.keyboard().press("Enter");
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("main");
        page.keyboard().press("?");
        assertThat(page.locator("#shortcuts").isVisible()).isTrue();
        page.keyboard().press("Escape");
        assertThat(page.locator("#shortcuts").isVisible()).isFalse();
        page.keyboard().press("g");
        page.keyboard().press("j");
        page.waitForURL("**/jobs");
        page.keyboard().press("/");
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("queue");
        page.keyboard().type("default");
        page.keyboard().press("Enter");
        page.waitForURL(url -> url.contains("/jobs?queue=default"));
        page.keyboard().press("p");
        assertThat(page.locator("#live-bar .state").textContent()).isEqualTo("Paused");
        page.keyboard().press("p");
        assertThat(page.locator("#live-bar .state").textContent()).isEqualTo("Live");
    }

    @Test
    void shortcutsCanBeSwitchedOff() {
        try (Watched browser = chromium.open().logIn(ADMIN, PASSWORD)) {
            Page page = browser.page();
            page.waitForURL("**/");
            page.keyboard().press("?");
            page.locator("#shortcuts-on").uncheck();
            page.keyboard().press("Escape");
            page.keyboard().press("?");
            assertThat(page.locator("#shortcuts").isVisible()).isFalse();
            page.reload();
            page.keyboard().press("?");
            assertThat(page.locator("#shortcuts").isVisible()).isFalse();
            page.locator("#show-shortcuts").click();
            assertThat(page.locator("#shortcuts").isVisible()).isTrue();
            browser.requireQuiet();
        }
    }

    @Test
    void partsAreFetchedAgainUntilTheServerIsGoneAndThenThePageSaysSo() {
        try (Watched browser = chromium.open().logIn(ADMIN, PASSWORD)) {
            Page page = browser.page();
            page.waitForURL("**/");
            page.clock().install();
            page.reload();
            page.evaluate("document.getElementById('live').dataset.old = 'true'");
            page.clock().fastForward(6_000);
            page.locator("#live:not([data-old])").waitFor();
            page.route("**/", route -> route.abort());
            page.clock().fastForward(6_000);
            page.locator("#live-bar.stale").waitFor();
            assertThat(page.locator("#live-bar .state").textContent()).startsWith("Stale since ");
            page.unroute("**/");
            page.clock().fastForward(11_000);
            page.locator("#live-bar:not(.stale)").waitFor();
            page.context().clearCookies();
            page.clock().fastForward(6_000);
            page.locator("#live-bar.stale").waitFor();
            assertThat(page.locator("#live-bar .state").textContent()).startsWith("Your session has ended");
            // What failed on purpose, as the browser and htmx tell it.
            assertThat(browser.complaints())
                    .allMatch(complaint -> complaint.contains("Failed to load resource")
                            || complaint.contains("htmx:")
                            || complaint.contains("Response Status Error"));
        }
    }

    @Test
    void theMachinesPreferenceCountsUnlessSomebodyHasChosen() {
        try (Watched browser = chromium.open()) {
            Page page = browser.page();
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            page.navigate("/login");
            String dark = ground(page);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            assertThat(ground(page)).isNotEqualTo(dark);
            browser.colours("dark");
            page.reload();
            assertThat(ground(page)).isEqualTo(dark);
        }
    }

    /** Fetches a page once, and looks at it in every width and colour: how it is shown is decided in the browser. */
    private void look(Watched browser, Route route, Map<String, List<String>> violations) {
        Page page = browser.page();
        page.setViewportSize(360, 800);
        Response response = page.navigate(address(route));
        assertThat(response.status()).as(route.path()).isEqualTo(200);
        for (int width : List.of(320, 360, 1280, 2560)) {
            page.setViewportSize(width, 800);
            String name = route.action().replace("page.", "") + "-" + width;
            if (browser.sideways() > 0) {
                violations.put(name, List.of("is wider than the window by " + browser.sideways()));
            }
            if (width == 360 || width == 1280) {
                for (String theme : List.of("light", "dark")) {
                    page.evaluate("theme => document.documentElement.dataset.theme = theme", theme);
                    // The rest does not depend on colours.
                    List<String> found =
                            theme.equals("light") ? browser.inaccessible() : browser.inaccessible("color-contrast");
                    if (!found.isEmpty()) {
                        violations.put(name + "-" + theme, found);
                    }
                    browser.screenshot(name + "-" + theme);
                }
            }
        }
    }

    /** Every page there is, in a stable order. */
    private List<Route> pages() {
        List<Route> pages = RouteTable.of(
                        panel,
                        new SessionCookie(false),
                        Languages.with(Optional.empty()),
                        RestoreInPlace.UNSUPPORTED,
                        List.of(),
                        "test")
                .stream()
                .filter(route -> route.method() == Method.GET && route.action().startsWith("page."))
                .toList();
        Set<String> withoutSample = new TreeSet<>();
        pages.stream().filter(route -> address(route).contains("{")).forEach(route -> withoutSample.add(route.path()));
        assertThat(withoutSample).as("pages that no sample is known of").isEmpty();
        return pages;
    }

    private String address(Route route) {
        return samples.getOrDefault(route.path(), route.path());
    }

    private static String ground(Page page) {
        return (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
    }

    private static String focused(Page page) {
        return (String) page.evaluate("document.activeElement.className");
    }
}
