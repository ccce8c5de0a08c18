package io.aipanel.http;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.http.iam.SessionCookie;
import io.aipanel.http.pages.Pages;
import io.aipanel.http.web.Route;
import io.aipanel.service.Panel;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Serves a panel over HTTP. Several may run in one process. Safe for use by many threads. */
public final class PanelServer implements AutoCloseable {

    private final Javalin javalin;
    private final URI baseUrl;
    private final AtomicBoolean closed = new AtomicBoolean();

    private PanelServer(Javalin javalin, URI baseUrl) {
        this.javalin = javalin;
        this.baseUrl = baseUrl;
    }

    /**
     * Starts to serve.
     *
     * @param panel what is served; it stays the caller's and is to be closed after the server
     * @param options where and how
     * @return the running server; the caller closes it
     * @throws InvalidValueException if an option cannot be used, or the address is taken
     */
    public static PanelServer start(Panel panel, HttpOptions options) {
        return start(panel, options, List.of());
    }

    /** Starts to serve the panel's routes and further ones. */
    static PanelServer start(Panel panel, HttpOptions options, List<Route> further) {
        Origins origins = new Origins(options.host(), options.publicUrl());
        SessionCookie cookie = new SessionCookie(origins.secureCookies());
        Pages pages = new Pages(panel, cookie);
        List<Route> routes = RouteTable.of(panel, cookie, pages, further, options.version());
        Dispatch dispatch = new Dispatch(
                routes,
                origins,
                new ClientAddresses(options.trustedProxies()),
                new Recognition(panel.authentication()),
                panel.access(),
                pages::error,
                new RequestMeters(panel.meters()));
        Javalin javalin = Javalin.create(config -> configure(config, options, dispatch));
        try {
            javalin.start();
        } catch (JavalinBindException e) {
            throw new InvalidValueException(
                    "listen",
                    "cannot be used: " + options.host() + ":" + options.port()
                            + " is taken by another program, or needs more rights");
        }
        return new PanelServer(javalin, baseUrl(options, javalin.port()));
    }

    private static void configure(JavalinConfig config, HttpOptions options, Dispatch dispatch) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        JettyTuning.apply(config, options);
        dispatch.register(config);
    }

    private static URI baseUrl(HttpOptions options, int port) {
        return options.publicUrl()
                .map(url -> URI.create(url.toString().replaceFirst("/$", "")))
                .orElseGet(() -> URI.create("http://" + shown(options.host()) + ":" + port));
    }

    /** The host as a browser on this machine can ask for it. */
    private static String shown(String host) {
        if (host.isEmpty() || host.equals("0.0.0.0") || host.equals("::")) {
            return "localhost";
        }
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** The port that the server listens on. */
    public int port() {
        return javalin.port();
    }

    /** What browsers see: the public URL if there is one, else where the server listens. Without a final slash. */
    public URI baseUrl() {
        return baseUrl;
    }

    /**
     * Takes no more requests, lets those that run finish for up to 30 seconds, and ends every thread. Does nothing the
     * second time.
     */
    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            javalin.stop();
        }
    }
}
