package io.aipanel.http.pages;

import io.aipanel.http.web.Call;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.WireNames;
import java.time.Duration;
import java.util.Optional;

/** Choosing how pages look: the colours or the language, one at a time, as a cookie can be set. */
final class Display {

    private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
            + Duration.ofDays(365).toSeconds();

    private final Languages languages;

    Display(Languages languages) {
        this.languages = languages;
    }

    /** Keeps what was chosen, and goes on with the page where that was. Something that there is not is not chosen. */
    Reply choose(Call call) {
        Reply back =
                Reply.seeOther(LogInFirst.own(call.body().optionalText("return").orElse("/")));
        Optional<String> theme =
                call.body().optionalText("theme").flatMap(Theme::named).map(WireNames::of);
        if (theme.isPresent()) {
            return back.with("Set-Cookie", Theme.COOKIE + "=" + theme.get() + ATTRIBUTES);
        }
        return call.body()
                .optionalText("language")
                .flatMap(languages::tagged)
                .map(words -> back.with("Set-Cookie", Languages.COOKIE + "=" + words.tag() + ATTRIBUTES))
                .orElse(back);
    }
}
