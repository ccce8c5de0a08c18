package io.aipanel.http;

import io.aipanel.domain.Secret;
import io.aipanel.http.iam.SessionCookie;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.Authenticated;
import io.aipanel.service.iam.Authentication;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out who is signed in: a program by its API token, a browser by its session. */
final class Recognition {

    private static final String SCHEME = "Bearer ";

    private final Authentication authentication;

    Recognition(Authentication authentication) {
        this.authentication = authentication;
    }

    /** Whether a request shows an API token. No browser adds one by itself, so no other site can make it. */
    static boolean showsToken(HttpServletRequest request) {
        return token(request).isPresent();
    }

    /**
     * Who is signed in. A request that shows an API token is judged by that alone.
     *
     * @param from where the request comes from
     */
    Optional<Authenticated> of(HttpServletRequest request, Actor from) {
        Optional<Secret> token = token(request);
        if (token.isPresent()) {
            return authentication.byApiToken(token.get(), from);
        }
        return session(request).flatMap(session -> authentication.bySession(session, from));
    }

    private static Optional<Secret> token(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(given -> given.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(given -> new Secret(given.substring(SCHEME.length()).strip()));
    }

    private static Optional<Secret> session(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies()).stream()
                .flatMap(Stream::of)
                .filter(cookie -> cookie.getName().equals(SessionCookie.NAME))
                .map(Cookie::getValue)
                .map(Secret::new)
                .findFirst();
    }
}
