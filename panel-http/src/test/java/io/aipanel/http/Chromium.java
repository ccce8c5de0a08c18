package io.aipanel.http;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The distribution's own browser, driven for tests. Nothing is fetched for it. */
final class Chromium implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/chromium");

    private final Playwright playwright;
    private final Browser browser;
    private final URI panel;

    Chromium(URI panel) {
        this.panel = panel;
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(PROGRAM)
                        .setArgs(List.of("--disable-gpu", "--disable-dev-shm-usage", "--no-first-run")));
    }

    /** Without the browser its tests are left out, but never where {@code TEST_TOOLS_REQUIRED} is set. */
    static boolean isThere() {
        return System.getenv("TEST_TOOLS_REQUIRED") != null || Files.isExecutable(PROGRAM);
    }

    /** A browser that nobody has used yet, with scripts. */
    Watched open() {
        return open(true);
    }

    /** A browser that nobody has used yet. */
    Watched open(boolean scripts) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(panel.toString())
                .setLocale("en-GB")
                .setTimezoneId("Europe/Warsaw")
                // Colours are looked at as soon as they change.
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(1280, 900)
                .setJavaScriptEnabled(scripts));
        context.setDefaultTimeout(15_000);
        Page page = context.newPage();
        return new Watched(page, panel);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
