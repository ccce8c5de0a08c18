package io.aipanel.http;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.http.backup.RestoreInPlace;
import io.aipanel.http.pages.ErrorPage;
import io.aipanel.http.web.Route;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Serves a panel over HTTP. Several may run in one process. Safe for use by many threads. */
public final class PanelServer implements AutoCloseable {

    /** How long requests that run may take to end before a restore begins. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Javalin javalin;
    private final URI baseUrl;
    private final Entrance entrance;
    private final Optional<InPlaceRestore> inPlace;
    private final AtomicBoolean closed = new AtomicBoolean();

    private PanelServer(Javalin javalin, URI baseUrl, Entrance entrance, Optional<InPlaceRestore> inPlace) {
        this.javalin = javalin;
        this.baseUrl = baseUrl;
        this.entrance = entrance;
        this.inPlace = inPlace;
    }

    /**
     * Starts to serve a panel of the caller's. A backup cannot be restored through the server, which would have to close the
     * panel for that.
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
        Entrance entrance = new Entrance();
        Serving serving = Serving.with(options, further);
        entrance.open(serving.of(panel, RestoreInPlace.UNSUPPORTED));
        return start(entrance, serving, Optional.empty());
    }

    /**
     * Opens a panel and starts to serve it. The panel is the server's: it is closed with the server, and closed and opened
     * again to restore a backup.
     *
     * @param panel how the panel is opened
     * @param opened is given each panel that was opened, before it is served, for example to handle its jobs; what it throws
     *     counts as if the panel could not be opened
     * @param options where and how it is served
     * @return the running server; the caller closes it
     * @throws InvalidValueException if an option cannot be used, or the address is taken
     * @throws io.aipanel.ports.storage.StoreException as {@link Panel#open} does
     */
    public static PanelServer open(PanelOptions panel, Consumer<? super Panel> opened, HttpOptions options) {
        return open(panel, opened, options, List.of(), GRACE);
    }

    /** The same with further routes, and another time for those that run when a restore begins. */
    static PanelServer open(
            PanelOptions panel,
            Consumer<? super Panel> opened,
            HttpOptions options,
            List<Route> further,
            Duration grace) {
        Entrance entrance = new Entrance();
        Serving serving = Serving.with(options, further);
        Opening opening = new Opening(panel, opened);
        InPlaceRestore inPlace = new InPlaceRestore(entrance, serving, opening, grace);
        Panel first = opening.open();
        try {
            entrance.open(serving.of(first, inPlace));
            return start(entrance, serving, Optional.of(inPlace));
        } catch (RuntimeException | Error e) {
            first.close();
            throw e;
        }
    }

    private static PanelServer start(Entrance entrance, Serving serving, Optional<InPlaceRestore> inPlace) {
        HttpOptions options = serving.options();
        Dispatch dispatch = new Dispatch(
                entrance,
                new Origins(options.host(), options.publicUrl()),
                new ClientAddresses(options.trustedProxies()),
                new ErrorPage(serving.languages()));
        Javalin javalin = Javalin.create(config -> configure(config, options, dispatch));
        try {
            javalin.start();
        } catch (JavalinBindException e) {
            throw new InvalidValueException(
                    "listen",
                    "cannot be used: " + options.host() + ":" + options.port()
                            + " is taken by another program, or needs more rights");
        }
        return new PanelServer(javalin, baseUrl(options, javalin.port()), entrance, inPlace);
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

    /** The panel that is served now. After a backup was restored it is another one, and this one is closed. */
    public Panel panel() {
        return entrance.served().panel();
    }

    /**
     * Completes if the panel cannot be opened again after a restore, with the reason. Whatever is asked is refused from then
     * on; the server is to be closed, and nothing is lost by it. Never completes for a panel of the caller's.
     */
    public CompletableFuture<Throwable> lost() {
        return inPlace.map(InPlaceRestore::lost).orElseGet(CompletableFuture::new);
    }

    /**
     * Takes no more requests, finishes a restore that is under way, lets other requests that run finish for up to 30
     * seconds, and ends every thread. A panel that is the server's is closed. Does nothing the second time.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        inPlace.ifPresent(InPlaceRestore::refuseFromNowOn);
        javalin.stop();
        if (inPlace.isPresent()) {
            panel().close();
        }
    }
}
