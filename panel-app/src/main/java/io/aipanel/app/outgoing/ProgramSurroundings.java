package io.aipanel.app.outgoing;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where programs run.
 *
 * @param setsid the tool that gives a program a session of its own
 * @param directory the working directory
 * @param environment the variables
 */
public record ProgramSurroundings(Path setsid, Path directory, Map<String, String> environment) {

    /** Keeps its own copy of the variables. */
    public ProgramSurroundings {
        environment = Map.copyOf(environment);
    }

    /**
     * The panel's own surroundings without its configuration, which holds secrets.
     *
     * @throws io.aipanel.app.cli.CommandFailed if the machine lacks a tool
     */
    public static ProgramSurroundings ofPanel(Path directory, Map<String, String> environment) {
        Map<String, String> others = environment.entrySet().stream()
                .filter(variable -> !variable.getKey().startsWith("PANEL_"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new ProgramSurroundings(
                ProcessGroup.findSetsid(environment.getOrDefault("PATH", "/usr/bin:/bin")),
                directory.toAbsolutePath(),
                others);
    }
}
