package io.aipanel.http.pages;

import io.aipanel.http.web.Body;
import io.aipanel.http.web.Browser;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What becomes of somebody who asks for a page without being signed in, or whose session has ended: they log in, and go
 * on where they were. What they had filled in travels with the form to log in, all but passwords.
 *
 * @param target the page to go on with
 * @param kept the fields that were filled in, in their order; empty if nothing was
 */
public record LogInFirst(String target, List<Kept> kept) {

    /** The route that shows the form to log in. */
    public static final String ACTION = "page.login";

    static final String TARGET = "return";
    private static final String KEPT = "kept.";
    private static final LogInFirst NOTHING = new LogInFirst("/", List.of());

    /**
     * A field that was filled in.
     *
     * @param name what the form calls it
     * @param value what is in it
     */
    public record Kept(String name, String value) {
        /** What the form to log in calls it. */
        public String hiddenName() {
            return KEPT + name;
        }
    }

    /** Leads to the form to log in. */
    public static Reply before(Method method, Browser browser) {
        boolean goesOn = method == Method.GET && !browser.target().equals("/");
        return Reply.seeOther(
                goesOn
                        ? "/login?" + TARGET + "=" + URLEncoder.encode(browser.target(), StandardCharsets.UTF_8)
                        : "/login");
    }

    /** What a form for another page has sent, which cannot be done now. */
    static LogInFirst interrupted(Browser browser, Body sent) {
        List<Kept> kept = new ArrayList<>();
        sent.fields().forEach((name, values) -> {
            if (!name.toLowerCase(Locale.ROOT).endsWith("password")) {
                values.forEach(value -> kept.add(new Kept(name, value)));
            }
        });
        return new LogInFirst(browser.target(), kept);
    }

    /** What the form to log in has sent along. */
    static LogInFirst sentWith(Body logIn) {
        List<Kept> kept = new ArrayList<>();
        logIn.fields().forEach((name, values) -> {
            if (name.startsWith(KEPT)) {
                values.forEach(value -> kept.add(new Kept(name.substring(KEPT.length()), value)));
            }
        });
        return new LogInFirst(own(logIn.optionalText(TARGET).orElse("/")), kept);
    }

    /** What a link to the form to log in says. */
    static LogInFirst asked(Map<String, String> query) {
        return query.containsKey(TARGET) ? new LogInFirst(own(query.get(TARGET)), List.of()) : NOTHING;
    }

    /** The target if it is a page of this panel, else the start page: nobody is led elsewhere by a link to here. */
    static String own(String target) {
        boolean isOwn = target.startsWith("/")
                && !target.startsWith("//")
                && target.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
        return isOwn ? target : "/";
    }
}
