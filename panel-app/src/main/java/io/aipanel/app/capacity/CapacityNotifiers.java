package io.aipanel.app.capacity;

import io.aipanel.app.config.CapacityConfig;
import io.aipanel.app.outgoing.HttpTarget;
import io.aipanel.app.outgoing.Program;
import io.aipanel.app.outgoing.ProgramSurroundings;
import io.aipanel.domain.Secret;
import io.aipanel.service.capacity.CapacityNotifier;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the notifiers of the configuration. */
public final class CapacityNotifiers {

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(45);
    private static final Duration WEBHOOK_TIMEOUT = Duration.ofSeconds(15);

    private CapacityNotifiers() {}

    /**
     * Makes them, and checks that everything is there that they need.
     *
     * @param config who is told
     * @param directory where a program runs
     * @param environment the variables of the panel
     * @throws io.aipanel.app.config.ConfigurationException if a program cannot be run or a secret cannot be used
     * @throws io.aipanel.app.cli.CommandFailed if the machine lacks a tool
     */
    public static List<CapacityNotifier> of(CapacityConfig config, Path directory, Map<String, String> environment) {
        InstantSource clock = InstantSource.system();
        List<CapacityNotifier> notifiers = new ArrayList<>();
        config.command().ifPresent(program -> {
            program.requireExecutable();
            ProgramSurroundings surroundings = ProgramSurroundings.ofPanel(directory, environment);
            notifiers.add(new CommandNotifier(new Program(program.path(), surroundings), COMMAND_TIMEOUT));
        });
        config.webhook()
                .ifPresent(webhook -> notifiers.add(
                        new WebhookNotifier(new HttpTarget(webhook.url(), WEBHOOK_TIMEOUT), secrets(webhook), clock)));
        config.mail().ifPresent(mail -> {
            Optional<Secret> password =
                    mail.login().map(login -> login.password().read());
            mail.to().stream()
                    .distinct()
                    .map(to -> new MailNotifier(mail, to, password, Optional.empty(), clock))
                    .forEach(notifiers::add);
        });
        return notifiers;
    }

    private static List<WebhookSecret> secrets(CapacityConfig.Webhook webhook) {
        return webhook.secrets().readAll().stream()
                .map(line -> WebhookSecret.parse(line)
                        .orElseThrow(() -> webhook.secrets()
                                .refused("must name a file whose lines are whsec_ and 24 to 64 bytes in Base64, such as"
                                        + " (echo -n whsec_; openssl rand -base64 32) writes one")))
                .toList();
    }
}
