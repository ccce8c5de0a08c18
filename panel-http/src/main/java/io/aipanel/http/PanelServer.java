package io.aipanel.http;

import io.aipanel.service.Panel;
import io.javalin.Javalin;
import java.net.URI;

/** Serves a panel over HTTP. Several may run in one process. Safe for use by many threads. */
public final class PanelServer implements AutoCloseable {

    private final Javalin javalin;
    private final URI baseUrl;

    private PanelServer(Javalin javalin, URI baseUrl) {
        this.javalin = javalin;
        this.baseUrl = baseUrl;
    }

    /**
     * Starts to serve.
     *
     * @param panel what is served; it stays the caller's and must be closed after the server
     * @param options where and how
     * @return the running server; the caller closes it
     * @throws io.aipanel.domain.InvalidValueException if an option cannot be used, or the address is taken
     */
    public static PanelServer start(Panel panel, HttpOptions options) {
        Javalin javalin = Javalin.create(config -> config.routes.get("/health/live", ctx -> ctx.result("ok")));
        javalin.start(options.host(), options.port());
        return new PanelServer(
                javalin, options.publicUrl().orElse(URI.create("http://" + options.host() + ":" + javalin.port())));
    }

    /** The port that the server listens on. */
    public int port() {
        return javalin.port();
    }

    /** What browsers see: the public URL if there is one, else where the server listens. Without a final slash. */
    public URI baseUrl() {
        return baseUrl;
    }

    /** Takes no more requests, lets those that run finish, and ends every thread. Does nothing the second time. */
    @Override
    public void close() {
        javalin.stop();
    }
}
