package io.aipanel.http.pages;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.iam.User;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Browser;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Refusal;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.WireNames;
import io.aipanel.ports.storage.AlreadyExists;
import io.aipanel.ports.storage.BrokenReference;
import io.aipanel.ports.storage.StaleVersion;
import io.aipanel.service.Panel;
import io.aipanel.service.iam.Authenticated;
import io.aipanel.service.iam.LastAdmin;
import io.aipanel.service.settings.PanelSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Renders pages for whoever asks: in their language, with what they may see around it. */
public final class Shell {

    /** A field that forms have when they only show again what was filled in before somebody had to log in. */
    static final String AGAIN = "again";

    private final Panel panel;
    private final Languages languages;
    private final Templates templates = new Templates();
    private final Assets assets = new Assets();

    /**
     * @param panel what is served
     * @param languages what pages are written in
     */
    public Shell(Panel panel, Languages languages) {
        this.panel = panel;
        this.languages = languages;
    }

    /** The words in the language of whoever asks. */
    public Words words(Call call) {
        return languages.of(call.browser());
    }

    /** How times are told to whoever asks. */
    public Times times(Call call) {
        return Times.of(panel.clock().instant(), call.browser(), words(call));
    }

    /**
     * A page.
     *
     * @param template its name, for example {@code jobs/list}
     * @param parameters what the template asks for besides {@code frame}
     */
    public Reply page(Call call, String template, Map<String, ?> parameters) {
        return page(call, 200, template, parameters);
    }

    /** A page with another status. */
    public Reply page(Call call, int status, String template, Map<String, ?> parameters) {
        Browser browser = call.browser();
        Words words = words(call);
        Optional<Notice> notice =
                browser.replacesPart() ? Optional.empty() : Notice.of(browser).filter(given -> words.has(given.key()));
        Map<String, Object> all = new HashMap<>(parameters);
        all.put(
                "frame",
                new Frame(
                        panel.settings().value(PanelSettings.NAME),
                        words,
                        times(call),
                        assets,
                        WireNames.of(Theme.of(browser)),
                        List.copyOf(languages.all()),
                        call.authenticated().isPresent() ? Section.of(call.actor()) : List.of(),
                        call.authenticated().map(Authenticated::user).map(User::displayName),
                        notice.map(given -> given.in(words)),
                        browser.target(),
                        browser.path()));
        Reply page = Reply.page(status, templates.render(template, all));
        return notice.isPresent() ? page.with("Set-Cookie", Notice.end()) : page;
    }

    /**
     * Goes on with another page, which tells once what was done.
     *
     * @param location which page
     * @param key the words, which begin with {@code notice.}
     * @param values what they are about
     */
    public static Reply done(String location, String key, Object... values) {
        List<String> texts = List.of(values).stream().map(String::valueOf).toList();
        return Reply.seeOther(location).with("Set-Cookie", new Notice(key, texts).start());
    }

    /**
     * Does what a form asks for, or shows it again with what is wrong. A form that somebody sends whose session had ended
     * comes here twice: first it is only shown again.
     *
     * @param form the form as nobody has filled it in
     * @param shown shows a form
     * @param work does it
     */
    public static Reply attempt(Body sent, Form form, Shown shown, Supplier<Reply> work) {
        Form filled = form.filled(sent);
        if (sent.has(AGAIN)) {
            return shown.page(200, filled);
        }
        try {
            return work.get();
        } catch (InvalidValueException e) {
            return shown.page(400, filled.refused(e));
        } catch (Refusal e) {
            Reply again = shown.page(e.status(), filled.refused(e));
            for (Map.Entry<String, String> header : e.headers().entrySet()) {
                again = again.with(header.getKey(), header.getValue());
            }
            return again;
        } catch (AlreadyExists e) {
            return shown.page(409, filled.refused(Optional.of(e.field()), String.valueOf(e.getMessage())));
        } catch (StaleVersion | BrokenReference | LastAdmin e) {
            return shown.page(409, filled.refused(Optional.empty(), String.valueOf(e.getMessage())));
        }
    }

    /**
     * Does what a button asks for. If the session of whoever pressed it had ended, nothing is done: they are led back to
     * where the button is.
     *
     * @param page where the button is
     * @param work does it
     */
    public static Reply press(Call call, String page, Supplier<Reply> work) {
        return call.body().has(AGAIN) ? Reply.seeOther(page) : work.get();
    }

    List<Route> assetRoutes() {
        return assets.routes();
    }

    Languages languages() {
        return languages;
    }

    /** Shows a form. */
    @FunctionalInterface
    public interface Shown {
        /** The page with a form, filled in or not. */
        Reply page(int status, Form form);
    }
}
