package io.aipanel.http.pages;

import io.aipanel.http.web.Browser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The languages that pages are written in: those that come with the program, and those of which somebody has put a file
 * into a directory. A file is named for its language ({@code de.properties}), is in UTF-8, and says what the language
 * calls itself and in which direction it is written; what it leaves out is shown in English.
 */
public final class Languages {

    /** The key of what the language calls itself. */
    static final String NAME = "language.name";

    /** The key of the direction it is written in, {@code ltr} or {@code rtl}. */
    static final String DIRECTION = "language.direction";

    /** The cookie that keeps somebody's choice. */
    static final String COOKIE = "panel_language";

    private static final Logger LOG = LoggerFactory.getLogger(Languages.class);
    private static final String FALLBACK = "en";
    private static final String SUFFIX = ".properties";
    private static final List<String> BUILT_IN = List.of(FALLBACK, "pl");

    private final Map<String, Words> languages = new TreeMap<>();

    private Languages(Map<String, Map<String, String>> texts) {
        Map<String, String> english = Objects.requireNonNull(texts.get(FALLBACK));
        texts.forEach((tag, own) -> {
            Map<String, String> complete = new HashMap<>(english);
            complete.putAll(own);
            languages.put(tag, new Words(tag, complete));
        });
    }

    /** Those that come with the program. */
    static Languages builtIn() {
        return new Languages(builtInTexts());
    }

    /**
     * Those that come with the program and those of a directory, which may also correct words of the former. A file that
     * cannot be used is told in the log and left out.
     */
    public static Languages with(Optional<Path> directory) {
        Map<String, Map<String, String>> texts = builtInTexts();
        directory.filter(Files::isDirectory).ifPresent(there -> {
            for (Path file : files(there)) {
                add(file, texts);
            }
        });
        return new Languages(texts);
    }

    /** Every language, by tag. */
    Collection<Words> all() {
        return languages.values();
    }

    /** The language with a tag; empty if there is none. */
    Optional<Words> tagged(String tag) {
        return Optional.ofNullable(languages.get(tag));
    }

    /** The language that somebody has chosen, else the first one that their browser asks for, else English. */
    Words of(Browser browser) {
        return browser.cookie(COOKIE)
                .flatMap(this::tagged)
                .or(() -> asked(browser.languages()))
                .orElseGet(() -> Objects.requireNonNull(languages.get(FALLBACK)));
    }

    private Optional<Words> asked(String header) {
        try {
            return header.isBlank() || header.length() > 1_000
                    ? Optional.empty()
                    : Optional.ofNullable(Locale.lookupTag(
                                    Locale.LanguageRange.parse(header), List.copyOf(languages.keySet())))
                            .flatMap(this::tagged);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Map<String, String>> builtInTexts() {
        Map<String, Map<String, String>> texts = new TreeMap<>();
        for (String tag : BUILT_IN) {
            try (InputStream in = Objects.requireNonNull(Languages.class.getResourceAsStream("i18n/" + tag + SUFFIX));
                    Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
                texts.put(tag, read(reader));
            } catch (IOException e) {
                throw new UncheckedIOException("the program's own file cannot be read", e);
            }
        }
        return texts;
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            LOG.warn("The languages in {} cannot be read: {}", directory, e.toString());
            return List.of();
        }
    }

    private static void add(Path file, Map<String, Map<String, String>> texts) {
        String fileName = file.getFileName().toString();
        String tag = fileName.substring(0, fileName.length() - SUFFIX.length());
        try (Reader reader = Files.newBufferedReader(file)) {
            Map<String, String> own = read(reader);
            if (!new Locale.Builder()
                    .setLanguageTag(tag)
                    .build()
                    .toLanguageTag()
                    .equals(tag)) {
                throw new IllegalArgumentException("its name must be a language tag such as de or pt-BR");
            }
            if (!texts.containsKey(tag) && !(own.containsKey(NAME) && own.containsKey(DIRECTION))) {
                throw new IllegalArgumentException("it must say " + NAME + " and " + DIRECTION);
            }
            texts.computeIfAbsent(tag, key -> new HashMap<>()).putAll(own);
        } catch (IOException | IllegalArgumentException | IllformedLocaleException e) {
            // An exception of files says only with its name what is wrong.
            String why = e instanceof IOException ? e.toString() : String.valueOf(e.getMessage());
            LOG.warn("The language {} is left out: {}", file, why);
        }
    }

    private static Map<String, String> read(Reader reader) throws IOException {
        Properties properties = new Properties();
        properties.load(reader);
        Map<String, String> texts = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
        return texts;
    }
}
