package io.aipanel.http.pages;

import io.aipanel.http.web.Problem;
import java.util.Map;

/** The page that shows a problem. Asks nothing of the panel, which may be what has the problem, or may not be there. */
public final class ErrorPage {

    private final Templates templates = new Templates();
    private final Assets assets = new Assets();

    /** The page, as HTML. */
    public String of(Problem problem) {
        Frame frame = new Frame("Panel", assets.stylesheet(), assets.icon());
        return templates.render("error", Map.of("frame", frame, "problem", problem));
    }
}
