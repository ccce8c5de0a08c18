package io.aipanel.app.config;

import io.aipanel.http.HttpOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the panel is served.
 *
 * @param listen the address and port
 * @param publicUrl what browsers see; empty for what {@code listen} says
 * @param trustedProxies whose {@code X-Forwarded-For} is believed
 * @param languages where files of further languages of the pages are; it need not be there
 */
public record HttpConfig(ListenAddress listen, Optional<URI> publicUrl, List<String> trustedProxies, Path languages) {

    /** Keeps its own copy of the list. */
    public HttpConfig {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** What the server is started with. */
    public HttpOptions options(String version) {
        return new HttpOptions(
                listen.host(), listen.port(), publicUrl, trustedProxies, version, Optional.of(languages));
    }
}
