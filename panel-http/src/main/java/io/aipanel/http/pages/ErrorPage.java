package io.aipanel.http.pages;

import io.aipanel.http.web.Browser;
import io.aipanel.http.web.Problem;
import io.aipanel.http.web.WireNames;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page that shows a problem. Asks nothing of the panel, which may be what has the problem, or may not be there. */
public final class ErrorPage {

    private final Templates templates = new Templates();
    private final Assets assets = new Assets();
    private final Languages languages;

    /** @param languages what pages are written in */
    public ErrorPage(Languages languages) {
        this.languages = languages;
    }

    /** The page, as HTML. */
    public String of(Problem problem, Browser browser) {
        Words words = languages.of(browser);
        Frame frame = new Frame(
                "Panel",
                words,
                Times.of(Instant.EPOCH, browser, words),
                assets,
                WireNames.of(Theme.of(browser)),
                List.copyOf(languages.all()),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                "/",
                browser.path());
        return templates.render("pages/error", Map.of("frame", frame, "problem", problem));
    }
}
