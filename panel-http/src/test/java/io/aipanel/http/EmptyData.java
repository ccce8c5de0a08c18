package io.aipanel.http;

import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The data of a panel that has never been used, made once and copied for each test: making it anew takes a hundred times
 * as long. It is closed while it is copied.
 */
final class EmptyData implements AutoCloseable {

    private final Path directory;

    private EmptyData() {
        try {
            directory = Files.createTempDirectory("panel-http-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Panel.open(PanelOptions.of("sqlite:" + directory)).close();
    }

    /** Puts a copy into a directory that does not exist yet. */
    void copyTo(Path target) {
        try (Stream<Path> files = Files.list(directory)) {
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
            return parameter.getParameter().getType() == EmptyData.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(EmptyData.class))
                    .computeIfAbsent(EmptyData.class, key -> new EmptyData(), EmptyData.class);
        }
    }
}
