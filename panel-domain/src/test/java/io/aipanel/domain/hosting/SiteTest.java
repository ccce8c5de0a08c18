package io.aipanel.domain.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Text;
import io.aipanel.domain.iam.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {

    private static final Instant NOW = Instant.parse("2026-01-15T10:00:00Z");

    private static Site site(Set<HostName> aliases) {
        return new Site(
                new SiteId(UUID.randomUUID()),
                new HostName("example.com"),
                new TreeSet<>(aliases),
                new DocumentRoot("/var/www/example.com"),
                Optional.empty(),
                Optional.empty(),
                new UserId(UUID.randomUUID()),
                SiteStatus.ACTIVE,
                NOW,
                NOW,
                4);
    }

    private static Set<HostName> names(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> new HostName("n" + i + ".example"))
                .collect(Collectors.toSet());
    }

    @Test
    void aSiteHasAtMostAHundredAliases() {
        assertThat(site(names(100)).aliases()).hasSize(100);
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> site(names(101)))
                .withMessage("aliases must be at most 100");
    }

    @Test
    void thePrimaryNameIsNoAliasWhateverItsSpelling() {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> site(Set.of(new HostName("EXAMPLE.com."))))
                .withMessageContaining("example.com");
    }

    @Test
    void aChangeKeepsWhatItsOwnerMayNotChoose() {
        Site before = site(names(2));
        Site after = before.with(
                new HostName("example.org"),
                names(1),
                new DocumentRoot("/srv"),
                Optional.of(new PhpVersion("8.3")),
                Optional.of(new SystemUser("www-data")),
                SiteStatus.SUSPENDED,
                NOW.plusSeconds(1));

        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.owner()).isEqualTo(before.owner());
        assertThat(after.createdAt()).isEqualTo(before.createdAt());
        assertThat(after.version()).isEqualTo(4);
        assertThat(after.updatedAt()).isEqualTo(NOW.plusSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({
        "/var/www, /var/www",
        "/var/www/, /var/www",
        "//var///www//, /var/www",
        "/a b/'quoted', /a b/'quoted'",
        "/...., /....",
        "/a/..b/c.., /a/..b/c..",
    })
    void aDocumentRootHasOneForm(String given, String value) {
        assertThat(new DocumentRoot(given).value()).isEqualTo(value);
        assertThat(new DocumentRoot(value)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/",
                "//",
                "var/www",
                "./a",
                "/var/../etc",
                "/var/.",
                "/..",
                "/a/./b",
                "C:\\www",
                "/a\nb",
                "/a\0b",
                "~/www"
            })
    void aDocumentRootThatLeadsElsewhereIsRefused(String given) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new DocumentRoot(given))
                .satisfies(e -> assertThat(e.field()).isEqualTo("documentRoot"));
    }

    @Test
    void aDocumentRootHasAtMost4095Bytes() {
        assertThat(new DocumentRoot("/" + "x".repeat(4094)).value()).hasSize(4095);
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new DocumentRoot("/" + "x".repeat(4095)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "root", "A", "1a", "-a", "a.b", "a b", "a\n", "\u00E9"})
    void aSystemUserThatDebianRefusesIsRefused(String name) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new SystemUser(name))
                .satisfies(e -> assertThat(e.field()).isEqualTo("systemUser"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8", "8.", "8.3.1", "v8.3", "8.3 ", "123.1", "8,3"})
    void aPhpVersionOfAnotherFormIsRefused(String version) {
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new PhpVersion(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Shop", "1shop", "_shop", "shop-1", "shop;", "shop\n"})
    void aDatabaseNameOfAnotherFormIsRefused(String name) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> database(name, "user"))
                .satisfies(e -> assertThat(e.field()).isEqualTo("name"));
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> database("shop", name))
                .satisfies(e -> assertThat(e.field()).isEqualTo("user"));
    }

    @Test
    void databaseNamesFitAtTheirLimits() {
        assertThat(database("a".repeat(63), "b".repeat(32)).name()).hasSize(63);
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> database("a".repeat(64), "b"));
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> database("a", "b".repeat(33)));
    }

    private static SiteDatabase database(String name, String user) {
        return new SiteDatabase(
                new SiteDatabaseId(UUID.randomUUID()),
                new SiteId(UUID.randomUUID()),
                DatabaseEngine.MARIADB,
                name,
                user,
                NOW);
    }

    @Test
    void aSearchIsKeptInLowerCase() {
        assertThat(new SiteFilter(Optional.empty(), Optional.of("SHOP\u0130_%")).search())
                .contains("shopi\u0307_%");
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new SiteFilter(Optional.empty(), Optional.of("a\0b")))
                .satisfies(e -> assertThat(e.field()).isEqualTo("search"));
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new SiteFilter(Optional.empty(), Optional.of("x".repeat(Text.INDEXED_BYTES + 1))));
    }
}
