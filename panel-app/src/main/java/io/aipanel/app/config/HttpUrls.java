package io.aipanel.app.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the URLs of servers that something is sent to. */
final class HttpUrls {

    private static final Pattern FROM_FIRST_MARK = Pattern.compile("[:/?#@].*", Pattern.DOTALL);

    private HttpUrls() {}

    /** The URL that a text means; empty if it means none of HTTP or HTTPS with a host and without a fragment. */
    static Optional<URI> parse(String text) {
        return withHost(text)
                .filter(url -> url.getRawFragment() == null)
                .filter(url -> "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()));
    }

    /**
     * What may be shown of a text that is meant to be a URL: not the user, nor the path, in which many services have what is
     * secret. Where nobody can say which part is which, only its beginning.
     */
    static String withoutSecrets(String text) {
        return withHost(text)
                .map(url -> {
                    String user = url.getRawUserInfo() == null ? "" : "…@";
                    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
                    String server = url.getScheme() + "://" + user + url.getHost() + port;
                    return url.getRawSchemeSpecificPart().endsWith(url.getHost() + port) ? server : server + "/…";
                })
                .orElseGet(() -> FROM_FIRST_MARK.matcher(text).replaceFirst("…"));
    }

    private static Optional<URI> withHost(String text) {
        try {
            return Optional.of(new URI(text)).filter(url -> url.getHost() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
