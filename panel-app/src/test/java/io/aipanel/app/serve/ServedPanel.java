package io.aipanel.app.serve;

import io.aipanel.app.Main;
import io.aipanel.app.process.ChildProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A process that runs {@code panel serve} on a free port. Killed when it is closed. */
final class ServedPanel implements AutoCloseable {

    private static final Pattern SERVING = Pattern.compile("serves (http://127\\.0\\.0\\.1:[0-9]+) ");
    private static final Pattern SETUP =
            Pattern.compile("(http://127\\.0\\.0\\.1:[0-9]+)/setup\\?code=([A-Za-z0-9_-]+)");

    /** In the directory of the test: on a database server it would be somewhere in the system. */
    static final Map<String, String> ENVIRONMENT = Map.of("PANEL_AUDIT_KEY", "audit.key");

    private final ChildProcess process;

    private ServedPanel(ChildProcess process) {
        this.process = process;
    }

    /** Starts to serve, without waiting for anything. */
    static ServedPanel start(String storage, Path directory, String... more) {
        List<String> arguments = new ArrayList<>(List.of("serve", "--storage", storage, "--listen", "127.0.0.1:0"));
        arguments.addAll(List.of(more));
        return new ServedPanel(ChildProcess.start(Main.class, directory, ENVIRONMENT, arguments));
    }

    ChildProcess process() {
        return process;
    }

    /** Waits until it serves and answers where. */
    String url() {
        return process.awaitLine(SERVING).group(1);
    }

    /** Waits for the one-time code of the first set-up. */
    String setupCode() {
        return process.awaitLine(SETUP).group(2);
    }

    /** Asks it to stop and answers the exit code. */
    int stop() {
        process.terminate();
        return process.exitCode();
    }

    @Override
    public void close() {
        process.close();
    }
}
