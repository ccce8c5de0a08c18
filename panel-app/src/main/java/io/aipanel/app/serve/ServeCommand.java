package io.aipanel.app.serve;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.CommandFailed;
import io.aipanel.app.cli.ExitCodes;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.ProgramVersion;
import io.aipanel.app.config.ConfigKey;
import io.aipanel.app.config.Configuration;
import io.aipanel.app.config.HttpConfig;
import io.aipanel.app.config.ListenAddress;
import io.aipanel.app.config.LogLevel;
import io.aipanel.app.jobs.CommandHandlers;
import io.aipanel.app.logging.Logging;
import io.aipanel.domain.InvalidValueException;
import io.aipanel.http.PanelServer;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.service.PanelOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Serves the panel until the process is asked to stop by SIGTERM or SIGINT; then running requests and jobs may finish,
 * and the exit code is 0.
 */
@Command(name = "serve", description = "Serve the panel over HTTP until SIGTERM or Ctrl-C.")
public final class ServeCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    /** What requests, the last deliveries and open connections may take to end, beside the grace of jobs. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(45);

    private final Invocation invocation;

    @Option(names = "--listen", paramLabel = "ADDRESS:PORT", description = "Where to listen (default: 127.0.0.1:8080)")
    private Optional<String> listen = Optional.empty();

    ServeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Map<ConfigKey, String> given = new EnumMap<>(ConfigKey.class);
        listen.ifPresent(address -> given.put(ConfigKey.LISTEN, address));
        Configuration configuration = invocation.configuration(given);
        Logging.level(level(configuration));
        InetAddress address = resolve(configuration.http().listen());
        CommandHandlers programs =
                CommandHandlers.of(configuration.jobCommands(), invocation.directory(), invocation.environment());
        StopRequest stop =
                new StopRequest(STOP_LIMIT.plus(configuration.workers().grace()));
        StopSignals.listen(stop::take);
        try (ServedMeters meters = new ServedMeters();
                PanelServer server = start(
                        invocation.panelOptions(configuration, true).meters(meters.registry()),
                        programs,
                        configuration.http())) {
            CompletableFuture<Throwable> lost = server.lost();
            lost.thenRun(stop::giveUp);
            announce(server, configuration);
            warnIfInTheClear(address, configuration.http());
            configuration.audit().whyNoKey().ifPresent(why -> LOG.warn("No checkpoints are made: {}", why));
            stop.await();
            if (lost.isDone()) {
                throw new CommandFailed(
                        "the panel cannot be opened again after a backup was restored: "
                                + lost.join().getMessage() + "; correct that and start it again",
                        lost.join());
            }
        }
        LOG.info("Stopped");
        return ExitCodes.DONE;
    }

    private LogLevel level(Configuration configuration) {
        if (invocation.options().verbose()) {
            return LogLevel.DEBUG;
        }
        return invocation.options().quiet() ? LogLevel.WARN : configuration.logLevel();
    }

    private static InetAddress resolve(ListenAddress listen) {
        try {
            return InetAddress.getByName(listen.host());
        } catch (UnknownHostException e) {
            throw new CommandFailed("cannot listen on " + listen + ": no such host; correct listen", e);
        }
    }

    private static PanelServer start(PanelOptions options, CommandHandlers programs, HttpConfig http) {
        try {
            return PanelServer.open(
                    options, panel -> programs.register(panel.jobs()), http.options(ProgramVersion.current()));
        } catch (InvalidValueException e) {
            if (e.field().equals(ConfigKey.LISTEN.wireName())) {
                // The address is well formed; it is the host that refuses it.
                throw new CommandFailed(
                        "cannot listen on " + http.listen() + ": " + e.getMessage()
                                + "; stop what holds it, or choose another with --listen",
                        e);
            }
            throw e;
        }
    }

    /** Says once what runs where. Whoever may read this output may set the panel up: it is the operator's. */
    private void announce(PanelServer server, Configuration configuration) {
        StorageOptions storage = configuration.storage().options(true);
        ListenAddress listening =
                new ListenAddress(configuration.http().listen().host(), server.port());
        LOG.info(
                "Panel {} serves {} on {}, engine {}, storage {}",
                ProgramVersion.current(),
                server.baseUrl(),
                listening,
                storage.scheme(),
                storage.redactedUrl());
        Optional<String> setupUrl =
                server.panel().setup().offer().map(code -> server.baseUrl() + "/setup?code=" + code.reveal());
        Object json = JsonDocument.object(
                "version", ProgramVersion.current(),
                "url", server.baseUrl(),
                "listen", listening,
                "engine", storage.scheme(),
                "storage", storage.redactedUrl(),
                "setupUrl", setupUrl);
        String line = setupUrl.map(url -> "Nobody can log in yet. Add the first admin here, once: " + url)
                .orElse("");
        if (invocation.options().json() || setupUrl.isPresent()) {
            invocation.answer(Answer.of(json, line));
        }
    }

    private static void warnIfInTheClear(InetAddress address, HttpConfig http) {
        boolean encrypted = http.publicUrl()
                .map(URI::getScheme)
                .filter("https"::equalsIgnoreCase)
                .isPresent();
        if (!address.isLoopbackAddress() && !encrypted) {
            LOG.warn(
                    "{} can be reached from other machines, and passwords would travel unencrypted: put a proxy with"
                            + " TLS in front and name it in http.public-url",
                    http.listen());
        }
    }
}
