package io.aipanel.http;

import java.util.Map;

/** The headers that tell browsers what not to do with an answer. */
final class ProtectiveHeaders {

    /** For every answer; what pages need besides is in {@link #PAGE}. */
    static final Map<String, String> API = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy", "same-origin",
            // Not no-referrer: browsers would then send forms with "Origin: null", which tells own pages from no
            // others.
            "Referrer-Policy", "same-origin",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY");

    /** What pages may use: their own scripts, style, images, fonts, requests and forms, all of them files. */
    static final Map<String, String> PAGE = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
                    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'");

    private ProtectiveHeaders() {}
}
