package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.aipanel.domain.Secret;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.versions.ComponentName;
import io.aipanel.domain.versions.Finding;
import io.aipanel.domain.versions.Pin;
import io.aipanel.http.backup.RestoreInPlace;
import io.aipanel.http.iam.SessionCookie;
import io.aipanel.http.pages.Languages;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Route;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.backup.BackupOptions;
import io.aipanel.service.backup.CreateProgress;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.NewUser;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
                .inventory(patterns -> Map.of(
                        new ComponentName("nginx"),
                        new Finding("Debian:12/bookworm", Optional.of("1.22.1-9"), Optional.of("1.22.1-9+deb12u1")),
                        new ComponentName("openssl"),
                        new Finding("Debian:12/bookworm", Optional.of("3.0.15-1"), Optional.of("3.0.15-1"))))
                .backup(BackupOptions.in(directory.resolve("backups"))));
        panel.users()
                .add(
                        Actor.program("test"),
                        new NewUser(
                                new EmailAddress(ADMIN),
                                "Anna Kowalska",
                                Set.of(new RoleName("admin")),
                                new Secret(PASSWORD)));
        samples = new TreeMap<>();
        String backup = "/backups/"
                + panel.backups()
                        .create(Actor.program("test"), BackupTrigger.SCHEDULED, Optional.empty(), CreateProgress.NONE)
                        .name();
        samples.put("/backups/{id}", backup);
        samples.put("/settings/{key}", "/settings/iam.session.idle");
        samples.put("/components/{name}", "/components/nginx");
        panel.components().refresh(Actor.program("test"));
        panel.components()
                .pin(
                        Actor.program("test"),
                        new ComponentName("openssl"),
                        new Pin(
                                "3.0.15-1",
                                "a module needs it",
                                Optional.of(Instant.now().plus(Duration.ofDays(30)))));
        panel.settings().set(Actor.program("test"), new SettingName("panel.name"), "Panel");
        samples.put("/backups/{id}/remove", backup + "/remove");
        samples.put("/backups/{id}/restore", backup + "/restore");
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
    void everyPageCanBeUsedByEverybodyInLightAndDarkNarrowAndWide() {
        Map<String, List<String>> violations = new TreeMap<>();
        try (Watched nobody = chromium.open()) {
            for (String theme : List.of("light", "dark")) {
                for (int width : List.of(360, 1280)) {
                    for (Route route : pages()) {
                        Watched browser = route.rule().needsSignIn() ? admin : nobody;
                        browser.page().setViewportSize(width, 800);
                        look(browser, route, theme, theme + "-" + width, violations);
                    }
                }
            }
            nobody.requireQuiet();
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void theWidestAndTheNarrowestWindowShowPagesWithoutScrollingSideways() {
        for (int width : List.of(320, 2560)) {
            admin.page().setViewportSize(width, 1200);
            for (Route route : pages()) {
                admin.page().navigate(address(route));
                assertThat(admin.sideways())
                        .as("%s at %d pixels", route.path(), width)
                        .isLessThanOrEqualTo(0);
            }
        }
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

    private void look(
            Watched browser, Route route, String theme, String variant, Map<String, List<String>> violations) {
        Page page = browser.page();
        if (!page.url().startsWith("http")) {
            page.navigate("/login");
        }
        browser.colours(theme);
        page.navigate(address(route));
        List<String> found = new ArrayList<>(browser.inaccessible());
        if (browser.sideways() > 0) {
            found.add("is wider than the window by " + browser.sideways());
        }
        String name = route.action().replace("page.", "") + "-" + variant;
        browser.screenshot(name);
        if (!found.isEmpty()) {
            violations.put(name, found);
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
