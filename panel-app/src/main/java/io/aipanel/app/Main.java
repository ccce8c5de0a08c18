package io.aipanel.app;

import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.Terminal;
import io.aipanel.app.versions.DpkgInventory;
import java.nio.file.Path;
import java.util.Map;

/** Where the runnable jar starts. */
public final class Main {

    private Main() {}

    /** Runs the command that the arguments name, and ends with its exit code. */
    public static void main(String[] args) {
        Map<String, String> environment = System.getenv();
        String searchPath = environment.getOrDefault("PATH", "/usr/bin:/bin");
        Invocation invocation =
                new Invocation(Terminal.ofProcess(), environment, Path.of(""), DpkgInventory.on(searchPath));
        System.exit(Program.run(invocation, args));
    }
}
