package io.aipanel.http;

import io.aipanel.http.web.Refusal;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps other web sites from using the panel through the browser of somebody who is signed in. */
final class Origins {

    private final Optional<URI> publicUrl;
    private final boolean loopbackOnly;

    /**
     * @param host what the server listens on
     * @param publicUrl what browsers see; empty for what the server listens on
     */
    Origins(String host, Optional<URI> publicUrl) {
        this.publicUrl = publicUrl;
        this.loopbackOnly = isLoopback(host);
    }

    /** Whether browsers may send the session only over TLS: always, unless nobody else can listen anyway. */
    boolean secureCookies() {
        return publicUrl.map(url -> "https".equalsIgnoreCase(url.getScheme())).orElse(!loopbackOnly);
    }

    /**
     * Requires that a request means this server. A site whose name suddenly leads to 127.0.0.1 (DNS rebinding) would
     * otherwise be of the same origin as a panel that only this machine can reach.
     *
     * @param host the request's {@code Host}; null if there is none, which no browser does
     * @throws Refusal if it means another server
     */
    void requireOwnHost(@Nullable String host) {
        if (host == null || !loopbackOnly || publicUrl.isPresent()) {
            return;
        }
        String name = host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
        boolean local = name.equals("localhost")
                || name.endsWith(".localhost")
                || IpRange.literal(name).filter(InetAddress::isLoopbackAddress).isPresent();
        if (!local) {
            throw new Refusal(
                    421,
                    "misdirected-request",
                    "This panel listens on this machine only and is not " + name
                            + ": set http.public-url if it is to be reached by that name.");
        }
    }

    /**
     * Requires that a request that may change something does not come from a page of another site. Programs, which send
     * neither header, are let through: they have no session that a browser would add by itself.
     *
     * @param fetchSite the request's {@code Sec-Fetch-Site}; null if there is none
     * @param origin the request's {@code Origin}; null if there is none
     * @param host the request's {@code Host}; null if there is none
     * @throws Refusal if it does
     */
    void requireSameSite(@Nullable String fetchSite, @Nullable String origin, @Nullable String host) {
        boolean own;
        if (fetchSite != null) {
            own = fetchSite.equals("same-origin") || fetchSite.equals("none");
        } else {
            own = origin == null || isOwn(origin, host);
        }
        if (!own) {
            throw new Refusal(403, "cross-site", "Requests from pages of other sites are refused.");
        }
    }

    private boolean isOwn(String origin, @Nullable String host) {
        if (publicUrl.isPresent()) {
            return origin.equalsIgnoreCase(originOf(publicUrl.get()));
        }
        // Without a public URL the scheme is not known: something in front may speak TLS.
        return host != null
                && (origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host));
    }

    /** The origin of a URL as browsers write it (RFC 6454, section 6.2): without the scheme's own port. */
    private static String originOf(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        int standardPort = scheme.equals("https") ? 443 : 80;
        boolean plain = url.getPort() < 0 || url.getPort() == standardPort;
        return scheme + "://" + url.getHost() + (plain ? "" : ":" + url.getPort());
    }

    private static boolean isLoopback(String host) {
        try {
            // The empty host would be looked up as the loopback address, but it stands for every address.
            return !host.isEmpty() && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
