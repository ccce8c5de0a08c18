package io.aipanel.app.audit;

import io.aipanel.app.outgoing.HttpTarget;
import io.aipanel.domain.Text;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.service.audit.CheckpointAnchor;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Sends checkpoints to a server: a POST with the text, which it must answer with 2xx. User and password of the URL are sent
 * as HTTP has it (Basic), and like its query they are never shown.
 */
public final class UrlAnchor implements CheckpointAnchor {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpTarget target;

    /** @param url an absolute URL of HTTP or HTTPS with a host */
    public UrlAnchor(URI url) {
        this(url, TIMEOUT);
    }

    UrlAnchor(URI url, Duration timeout) {
        this.target = new HttpTarget(url, timeout);
    }

    @Override
    public String name() {
        return Text.truncated(target.server() + target.path(), Text.INDEXED_BYTES);
    }

    @Override
    public void publish(SignedCheckpoint checkpoint) throws IOException, InterruptedException {
        target.post("text/plain; charset=utf-8", checkpoint.toString(), Map.of());
    }
}
