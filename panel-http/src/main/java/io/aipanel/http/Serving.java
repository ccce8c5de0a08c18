package io.aipanel.http;

import io.aipanel.http.backup.RestoreInPlace;
import io.aipanel.http.iam.SessionCookie;
import io.aipanel.http.pages.Languages;
import io.aipanel.http.web.Route;
import io.aipanel.service.Panel;
import java.util.List;

/**
 * How panels are served.
 *
 * @param options where and how
 * @param further routes besides the panel's own
 * @param languages what pages are written in
 */
record Serving(HttpOptions options, List<Route> further, Languages languages) {

    /** With the languages that the options name. */
    static Serving with(HttpOptions options, List<Route> further) {
        return new Serving(options, further, Languages.with(options.languages()));
    }

    /**
     * Makes what serves a panel.
     *
     * @param restoreInPlace how a backup is restored
     */
    Served of(Panel panel, RestoreInPlace restoreInPlace) {
        Origins origins = new Origins(options.host(), options.publicUrl());
        SessionCookie cookie = new SessionCookie(origins.secureCookies());
        return new Served(panel, RouteTable.of(panel, cookie, languages, restoreInPlace, further, options.version()));
    }
}
