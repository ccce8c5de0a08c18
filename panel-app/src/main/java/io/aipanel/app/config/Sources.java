package io.aipanel.app.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects what was given for each key: an option goes before a variable, a variable before the file. */
final class Sources {

    static final String PASSWORD_VARIABLE = "PANEL_STORAGE_PASSWORD";

    private static final Path SYSTEM_FILE = Path.of("/etc/panel/panel.properties");
    private static final String LOCAL_FILE = "panel.properties";

    /** Variables of the start script and of {@link #PASSWORD_VARIABLE}, which are no keys. */
    private static final Set<String> OTHER_VARIABLES = Set.of(PASSWORD_VARIABLE, "PANEL_JAVA_OPTS", "PANEL_ASCII");

    private final Map<ConfigKey, Entry> entries = new EnumMap<>(ConfigKey.class);
    private final Map<KeyFamily, Map<String, Entry>> families = new EnumMap<>(KeyFamily.class);
    private final List<String> ignored = new ArrayList<>();

    private Sources() {}

    /**
     * Collects.
     *
     * @throws ConfigurationException if a key is unknown, or given twice in the file
     */
    static Sources collect(
            Map<ConfigKey, String> options, Optional<Path> file, Map<String, String> environment, Path directory) {
        Sources sources = new Sources();
        file.map(directory::resolve).or(() -> usualFile(directory)).ifPresent(sources::readFile);
        sources.readEnvironment(environment);
        options.forEach((key, value) ->
                sources.entries.put(key, new Entry(key.wireName(), value, "option --" + key.wireName())));
        return sources;
    }

    Optional<Entry> entry(ConfigKey key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** The entries of a family, by the type of job that they are about, in code point order. */
    Map<String, Entry> family(KeyFamily family) {
        return families.getOrDefault(family, Map.of());
    }

    /** Variables that look like the panel's but are not. */
    List<String> ignoredVariables() {
        return List.copyOf(ignored);
    }

    private static Optional<Path> usualFile(Path directory) {
        if (Files.exists(SYSTEM_FILE)) {
            return Optional.of(SYSTEM_FILE);
        }
        return Optional.of(directory.resolve(LOCAL_FILE)).filter(Files::exists);
    }

    private void readFile(Path file) {
        for (PropertiesFile.Property property : PropertiesFile.read(file)) {
            Entry entry = new Entry(property.key(), property.value(), file + ", line " + property.line());
            Entry before = put(entry);
            if (before != null) {
                throw new ConfigurationException(entry.key() + " is given twice: " + before.origin() + " and "
                        + entry.origin() + "; keep one of them");
            }
        }
    }

    /** Keeps an entry; answers the one that was there before. */
    private @Nullable Entry put(Entry entry) {
        Optional<ConfigKey> key = ConfigKey.ofWireName(entry.key());
        if (key.isPresent()) {
            return entries.put(key.get(), entry);
        }
        KeyFamily family = KeyFamily.of(entry.key()).orElseThrow(() -> unknown(entry));
        return families.computeIfAbsent(family, wanted -> new TreeMap<>()).put(family.type(entry.key()), entry);
    }

    private static ConfigurationException unknown(Entry entry) {
        List<String> known = new ArrayList<>(ConfigKey.wireNames());
        known.addAll(KeyFamily.shown());
        return new ConfigurationException("there is no key " + entry.key() + " (" + entry.origin() + "); "
                + Nearest.suggestion(entry.key(), known));
    }

    private void readEnvironment(Map<String, String> environment) {
        new TreeMap<>(environment).forEach((name, value) -> {
            // An empty variable is how many tools leave one unset.
            if (!name.startsWith("PANEL_") || OTHER_VARIABLES.contains(name) || value.isEmpty()) {
                return;
            }
            Optional<ConfigKey> key = ConfigKey.ofVariable(name);
            if (key.isPresent()) {
                entries.put(key.get(), new Entry(key.get().wireName(), value, "variable " + name));
            } else if (name.startsWith(KeyFamily.VARIABLE_PREFIX)) {
                throw new ConfigurationException("there is no key for the variable " + name
                        + ": which programs handle jobs is told in the configuration file only, such as "
                        + KeyFamily.JOBS_COMMAND.key("TYPE") + "=/path/to/program");
            } else if (Nearest.to(name, ConfigKey.variables()).isPresent()) {
                throw new ConfigurationException("there is no key for the variable " + name + "; "
                        + Nearest.suggestion(name, ConfigKey.variables()));
            } else {
                // Service managers set such names for their own ends (PANEL_PORT for a service called panel).
                ignored.add(name);
            }
        });
    }
}
