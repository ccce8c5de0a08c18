package io.aipanel.app.jobs;

import io.aipanel.app.config.JobCommand;
import io.aipanel.app.outgoing.Program;
import io.aipanel.app.outgoing.ProgramSurroundings;
import io.aipanel.service.jobs.HandlerOptions;
import io.aipanel.service.jobs.Jobs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Has the programs of the configuration handle jobs. */
public final class CommandHandlers {

    private final List<JobCommand> commands;
    private final List<CommandHandler> handlers;

    private CommandHandlers(List<JobCommand> commands, List<CommandHandler> handlers) {
        this.commands = commands;
        this.handlers = handlers;
    }

    /**
     * Checks that everything is there that is needed to run the programs.
     *
     * @param commands the programs
     * @param directory where they run
     * @param environment the variables of the panel
     * @throws io.aipanel.app.config.ConfigurationException if one is missing or may not be executed
     * @throws io.aipanel.app.cli.CommandFailed if the machine lacks a tool
     */
    public static CommandHandlers of(List<JobCommand> commands, Path directory, Map<String, String> environment) {
        if (commands.isEmpty()) {
            return new CommandHandlers(List.of(), List.of());
        }
        commands.forEach(command -> command.program().requireExecutable());
        ProgramSurroundings surroundings = ProgramSurroundings.ofPanel(directory, environment);
        return new CommandHandlers(
                commands,
                commands.stream()
                        .map(command ->
                                new CommandHandler(new Program(command.program().path(), surroundings)))
                        .toList());
    }

    /**
     * Has them handle jobs from now on.
     *
     * @throws io.aipanel.app.config.ConfigurationException if the panel handles one of the types itself
     */
    public void register(Jobs jobs) {
        for (int i = 0; i < commands.size(); i++) {
            JobCommand command = commands.get(i);
            HandlerOptions options =
                    HandlerOptions.DEFAULT.queue(command.queue().value()).timeout(command.timeout());
            try {
                jobs.handle(command.type().value(), options, handlers.get(i));
            } catch (IllegalStateException e) {
                throw command.program()
                        .refused("must not be a job of the panel's own in its own queue " + command.queue());
            }
        }
    }
}
