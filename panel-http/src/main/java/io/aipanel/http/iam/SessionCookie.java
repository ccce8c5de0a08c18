package io.aipanel.http.iam;

import io.aipanel.domain.Secret;

/**
 * The cookie that a browser shows its session with. Scripts cannot read it, other sites cannot make the browser send it,
 * and where others could listen it is sent over TLS only.
 *
 * @param secure whether it is sent over TLS only
 */
public record SessionCookie(boolean secure) {

    /** The name of the cookie. */
    public static final String NAME = "panel_session";

    private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Strict";

    /** The {@code Set-Cookie} of a new session. It goes with the browser's own session; the panel ends it earlier. */
    public String start(Secret token) {
        return NAME + "=" + token.reveal() + attributes();
    }

    /** The {@code Set-Cookie} that makes the browser forget it. */
    public String end() {
        return NAME + "=; Max-Age=0" + attributes();
    }

    private String attributes() {
        return secure ? ATTRIBUTES + "; Secure" : ATTRIBUTES;
    }
}
