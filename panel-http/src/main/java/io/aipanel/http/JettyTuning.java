package io.aipanel.http;

import io.javalin.config.JavalinConfig;
import java.time.Duration;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** How the web server below behaves: what it tells of itself, how long it waits, how it stops. */
final class JettyTuning {

    /** How long running requests may take when the server stops. */
    static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

    /** Requests wait for stores more than they compute, and many that wait together are committed together. */
    private static final int MAX_THREADS = 128;

    private static final int MIN_THREADS = 4;
    private static final int HEADER_BYTES = 16 << 10;

    private JettyTuning() {}

    static void apply(JavalinConfig config, HttpOptions options) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS, 60_000);
        threads.setName("panel-http");
        config.jetty.threadPool = threads;
        config.jetty.modifyServer(JettyTuning::tune);
        config.jetty.modifyHttpConfiguration(JettyTuning::tune);
        config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(new PlainErrors()));
        config.jetty.addConnector((server, http) -> {
            ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
            connector.setHost(options.host().isEmpty() ? null : options.host());
            connector.setPort(options.port());
            connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
            return connector;
        });
    }

    private static void tune(Server server) {
        server.setStopTimeout(STOP_TIMEOUT.toMillis());
        server.setErrorHandler(new PlainErrors());
        server.insertHandler(new GracefulHandler());
    }

    private static void tune(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        // Paths that two programs could read in two ways (encoded slashes, dot segments) are refused.
        http.setUriCompliance(UriCompliance.DEFAULT);
    }
}
