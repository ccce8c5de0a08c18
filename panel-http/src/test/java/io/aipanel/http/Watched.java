package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/** A page of a browser, and whatever it complains about: in its console, of the content security policy, of other hosts. */
final class Watched implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String AXE = axe();

    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    Watched(Page page, URI panel) {
        this.page = page;
        page.addInitScript("document.addEventListener('securitypolicyviolation', event =>"
                + " console.error('content security policy: ' + event.violatedDirective + ' ' + event.blockedURI));");
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add("console at " + page.url() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add("uncaught at " + page.url() + ": " + error));
        page.onRequest(request -> {
            if (!request.url().startsWith(panel + "/")) {
                complaints.add("request to " + request.url());
            }
        });
    }

    Page page() {
        return page;
    }

    /** Goes to a page, logs in if asked to, and stays on the page that follows. */
    Watched logIn(String email, String password) {
        page.navigate("/login");
        page.locator("#email").fill(email);
        page.locator("#password").fill(password);
        page.locator("main button").click();
        return this;
    }

    /** What automatic checks of accessibility find, as a person can read it. */
    List<String> inaccessible() {
        return inaccessible("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");
    }

    /**
     * The same, of some checks only.
     *
     * @param rules their names or those of groups of them
     */
    List<String> inaccessible(String... rules) {
        if (!Boolean.TRUE.equals(page.evaluate("'axe' in window"))) {
            page.evaluate(AXE);
        }
        Object found = page.evaluate(
                "rules => axe.run(document, {resultTypes: ['violations'], runOnly: rules}).then(results =>"
                        + " results.violations.map(violation => violation.id + ': '"
                        + " + violation.nodes.map(node => node.html).join(' | ')))",
                List.of(rules));
        List<String> violations = new ArrayList<>();
        ((List<?>) found).forEach(violation -> violations.add(String.valueOf(violation)));
        return violations;
    }

    /** How many pixels of the page can be reached only by scrolling sideways. */
    int sideways() {
        return ((Number) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .intValue();
    }

    void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    /** Fails if there was anything to complain about since it was asked last. */
    void requireQuiet() {
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        assertThat(all).as("complaints of the browser").isEmpty();
    }

    /** Forgets what there was to complain about, which a test has caused on purpose. */
    List<String> complaints() {
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    Watched colours(String theme) {
        page.context().addCookies(List.of(new Cookie("panel_theme", theme).setUrl(base())));
        return this;
    }

    private String base() {
        URI here = URI.create(page.url());
        return here.getScheme() + "://" + here.getAuthority();
    }

    @Override
    public void close() {
        page.context().close();
    }

    private static String axe() {
        Properties artifact = new Properties();
        try (InputStream about = resource("META-INF/maven/org.webjars.npm/axe-core/pom.properties")) {
            artifact.load(about);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String path = "META-INF/resources/webjars/axe-core/" + artifact.getProperty("version") + "/axe.min.js";
        try (InputStream script = resource(path)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String path) {
        return Objects.requireNonNull(Watched.class.getResourceAsStream("/" + path), path);
    }
}
