package io.aipanel.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.http.web.Browser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {

    private static final Pattern USED = Pattern.compile("(?:w\\.of|words\\.of|words\\(\\)\\.of|done)\\(([^()]*)");
    private static final Pattern KEY = Pattern.compile("\"([a-z]+(?:\\.[a-z-]+)+)\"");
    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    @TempDir
    Path directory;

    @Test
    void everyLanguageHasTheSameWordsWithTheSamePlacesForValues() throws IOException {
        Properties english = builtIn("en");
        Properties polish = builtIn("pl");
        assertThat(polish.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertThat(places(polish.getProperty(key))).as(key).isEqualTo(places(english.getProperty(key)));
        }
    }

    @Test
    void everyWordThatPagesUseIsThere() throws IOException {
        Set<String> known = builtIn("en").stringPropertyNames();
        Set<String> used = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                if (source.toString().endsWith(".jte") || source.toString().endsWith(".java")) {
                    Matcher calls = USED.matcher(Files.readString(source));
                    while (calls.find()) {
                        KEY.matcher(calls.group(1)).results().forEach(key -> used.add(key.group(1)));
                    }
                }
            }
        }
        assertThat(used).hasSizeGreaterThan(40).isSubsetOf(known);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pl|pl",
                "pl-PL,pl;q=0.9,en;q=0.8|pl",
                "de,pl;q=0.5|pl",
                "de|en",
                "*|en",
                "''|en",
                ";;q=nonsense|en",
                "en;q=0.1,pl;q=0.9|pl"
            })
    void theFirstLanguageThatSomebodyAsksForAndThereIsIsTaken(String asked, String shown) {
        assertThat(Languages.builtIn().of(browser(asked, Map.of())).tag()).isEqualTo(shown);
    }

    @Test
    void aChoiceCountsForMoreThanWhatABrowserAsksFor() {
        Map<String, String> chosen = Map.of(Languages.COOKIE, "en");
        assertThat(Languages.builtIn().of(browser("pl", chosen)).tag()).isEqualTo("en");
        Map<String, String> nonsense = Map.of(Languages.COOKIE, "tlh");
        assertThat(Languages.builtIn().of(browser("pl", nonsense)).tag()).isEqualTo("pl");
    }

    @Test
    void aFileAddsALanguageAndWhatItLeavesOutIsEnglish() throws IOException {
        Files.writeString(
                directory.resolve("ar.properties"),
                "language.name = العربية\nlanguage.direction = rtl\nlogin.title = تسجيل الدخول\n");
        Files.writeString(directory.resolve("pl.properties"), "nav.home = Pulpit\n");
        Languages languages = Languages.with(Optional.of(directory));
        Words arabic = languages.tagged("ar").orElseThrow();
        assertThat(arabic.name()).isEqualTo("العربية");
        assertThat(arabic.direction()).isEqualTo("rtl");
        assertThat(arabic.of("login.title")).isEqualTo("تسجيل الدخول");
        assertThat(arabic.of("nav.home")).isEqualTo("Start");
        assertThat(languages.tagged("pl").orElseThrow().of("nav.home")).isEqualTo("Pulpit");
        assertThat(languages.tagged("pl").orElseThrow().name()).isEqualTo("Polski");
    }

    @Test
    void aFileThatCannotBeUsedIsLeftOut() throws IOException {
        Files.writeString(directory.resolve("de.properties"), "nav.home = Anfang\n");
        Files.writeString(directory.resolve("not a tag.properties"), "language.name = x\nlanguage.direction = ltr\n");
        Files.write(directory.resolve("fr.properties"), new byte[] {'a', '=', (byte) 0xff});
        Files.writeString(directory.resolve("es.properties"), "a = \\u12\n");
        Files.writeString(directory.resolve("readme.txt"), "language.name = x\n");
        Languages languages = Languages.with(Optional.of(directory));
        assertThat(languages.all()).extracting(Words::tag).containsExactly("en", "pl");
        assertThat(Languages.with(Optional.of(directory.resolve("none"))).all()).hasSize(2);
    }

    @Test
    void valuesAreTextAndPlacesThatHaveNoneStay() {
        Words words = new Words("en", Map.of("a", "{0} of {1}, {2} {x} {", "b", "{0}"));
        assertThat(words.of("a", "<b>", "{0}")).isEqualTo("<b> of {0}, {2} {x} {");
        assertThat(words.of("b", 7)).isEqualTo("7");
        assertThat(words.of("no.such")).isEqualTo("no.such");
    }

    private static Browser browser(String languages, Map<String, String> cookies) {
        return new Browser("/", languages, cookies, false);
    }

    private static List<String> places(String text) {
        List<String> places = new ArrayList<>(
                PLACE.matcher(text).results().map(MatchResult::group).toList());
        places.sort(null);
        return places;
    }

    private static Properties builtIn(String tag) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Languages.class.getResourceAsStream("i18n/" + tag + ".properties")),
                StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
