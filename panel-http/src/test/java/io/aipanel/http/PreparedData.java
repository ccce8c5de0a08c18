package io.aipanel.http;

import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.User;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.NewUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The data of a panel, made once and copied for each test: making it anew takes a hundred times as long, and hashing a
 * password takes longer than most tests. It is closed while it is copied.
 */
final class PreparedData implements AutoCloseable {

    private final Path directory;
    private final String adminToken;

    private PreparedData() {
        try {
            directory = Files.createTempDirectory("panel-http-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open(empty()).close();
        copy(empty(), withAdmin());
        try (Panel panel = open(withAdmin())) {
            User admin = panel.users()
                    .add(
                            HttpTest.PROGRAM,
                            new NewUser(
                                    new EmailAddress(HttpTest.ADMIN),
                                    "Somebody",
                                    Set.of(new RoleName("admin")),
                                    new Secret(HttpTest.PASSWORD)));
            Actor actor = new Actor(
                    "user:" + HttpTest.ADMIN, Optional.of(admin.id()), Set.of(), Optional.empty(), Optional.empty());
            adminToken = panel.apiTokens()
                    .add(actor, "test", Optional.empty())
                    .secret()
                    .reveal();
        }
    }

    /** Puts the data of a panel that has never been used into a directory that does not exist yet. */
    void copyEmpty(Path target) {
        copy(empty(), target);
    }

    /** Puts the data of a panel that has an admin, {@link HttpTest#ADMIN}, into a directory that does not exist yet. */
    void copyWithAdmin(Path target) {
        copy(withAdmin(), target);
    }

    /** An API token of the admin. */
    String adminToken() {
        return adminToken;
    }

    private Path empty() {
        return directory.resolve("empty");
    }

    private Path withAdmin() {
        return directory.resolve("with-admin");
    }

    private static Panel open(Path data) {
        return Panel.open(PanelOptions.of("sqlite:" + data).clock(new MovableClock()));
    }

    private static void copy(Path source, Path target) {
        try (Stream<Path> files = Files.list(source)) {
            Files.createDirectories(target);
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hands it to tests. */
    static final class Resolver implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == PreparedData.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(PreparedData.class))
                    .computeIfAbsent(PreparedData.class, key -> new PreparedData(), PreparedData.class);
        }
    }
}
