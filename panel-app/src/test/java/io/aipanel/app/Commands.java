package io.aipanel.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aipanel.app.cli.Shell;
import io.aipanel.app.cli.Shell.Outcome;
import io.aipanel.domain.versions.ComponentName;
import io.aipanel.domain.versions.Finding;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.versions.ComponentInventory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** Runs commands of the program within the test, on one storage. */
public final class Commands {

    static final String PASSWORD = "correct horse battery staple";

    /** A host on which one package could be newer, and one is not installed. */
    static final ComponentInventory HOST = patterns -> Map.of(
            new ComponentName("openssl"),
            new Finding("Debian bookworm/main", Optional.of("3.0.17-1"), Optional.of("3.0.17-2")),
            new ComponentName("nginx"),
            new Finding("Debian bookworm/main", Optional.empty(), Optional.of("1.22.1-9")));

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Shell shell;
    private final String storage;

    Commands(String storage, Path directory) {
        this(storage, directory, HOST);
    }

    Commands(String storage, Path directory, ComponentInventory inventory) {
        this.shell = new Shell(directory, inventory);
        this.storage = storage;
    }

    /** Runs a command on the storage. */
    Outcome run(String... arguments) {
        return runWith("", arguments);
    }

    /** Runs a command on the storage that reads a text from standard input. */
    Outcome runWith(String in, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--storage", storage));
        return plain(in, Map.of(), all.toArray(String[]::new));
    }

    /** Runs a command with nothing but what is given. */
    Outcome plain(String in, Map<String, String> environment, String... arguments) {
        return shell.run(in, environment, invocation -> Program.run(invocation, arguments));
    }

    /** Opens the storage beside the commands. */
    Storage open() {
        return ServiceLoader.load(StorageProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> storage.startsWith(provider.scheme() + ":"))
                .findFirst()
                .orElseThrow()
                .open(StorageOptions.of(storage));
    }

    /** Runs a command that must succeed and answers its JSON. */
    JsonNode json(String... arguments) {
        return jsonWith("", arguments);
    }

    /** Runs a command that must succeed, and answers its JSON, which must be one document and nothing else. */
    JsonNode jsonWith(String in, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        Outcome outcome = runWith(in, all.toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return document(outcome.out());
    }

    /** Reads a text that must be one JSON document and nothing else. */
    static JsonNode document(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("not one JSON document: " + text, e);
        }
    }
}
