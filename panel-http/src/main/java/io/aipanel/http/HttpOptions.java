package io.aipanel.http;

import io.aipanel.domain.InvalidValueException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the panel is served.
 *
 * @param host the address to listen on; an empty text or {@code 0.0.0.0} for every address
 * @param port the port to listen on, 0 to 65535; 0 for any free one
 * @param publicUrl what browsers see, when something stands between them and this server; empty for what it listens on
 * @param trustedProxies whose {@code X-Forwarded-For} is believed: addresses, or networks such as {@code 10.0.0.0/8}
 * @param version the version of the program, for the API's description
 * @param languages a directory with files of further languages of the pages; it need not be there; empty for none
 */
public record HttpOptions(
        String host,
        int port,
        Optional<URI> publicUrl,
        List<String> trustedProxies,
        String version,
        Optional<Path> languages) {

    /** The same with only the languages that come with the program. */
    public HttpOptions(String host, int port, Optional<URI> publicUrl, List<String> trustedProxies, String version) {
        this(host, port, publicUrl, trustedProxies, version, Optional.empty());
    }

    /**
     * @throws InvalidValueException if a value is out of range; the field is the configuration's name for it
     */
    public HttpOptions {
        if (port < 0 || port > 65_535) {
            throw new InvalidValueException("listen", "must have a port between 0 and 65535");
        }
        publicUrl.ifPresent(HttpOptions::requireUsable);
        trustedProxies = List.copyOf(trustedProxies);
        trustedProxies.forEach(IpRange::parse);
    }

    private static void requireUsable(URI url) {
        boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        boolean rootOnly = url.getRawPath() == null
                || url.getRawPath().isEmpty()
                || url.getRawPath().equals("/");
        if (!web || url.getHost() == null || !rootOnly || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new InvalidValueException(
                    "http.public-url", "must be a scheme and a host such as https://panel.example.com, without a path");
        }
    }
}
