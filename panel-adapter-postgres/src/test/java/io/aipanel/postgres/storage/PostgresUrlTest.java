package io.aipanel.postgres.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Secret;
import io.aipanel.postgres.storage.PostgresUrl.Host;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGProperty;

/** How storage URLs are read. */
final class PostgresUrlTest {

    @Test
    void everyPartIsRead() {
        PostgresUrl url = PostgresUrl.parse("postgresql://anna:s%3Acret@db1.example:6432,[2001:db8::1]:5433,db3/panel"
                + "?sslmode=verify-full&application_name=x%20y");

        assertThat(url.user()).contains("anna");
        assertThat(url.password()).contains(new Secret("s:cret"));
        assertThat(url.hosts())
                .containsExactly(new Host("db1.example", 6432), new Host("2001:db8::1", 5433), new Host("db3", 5432));
        assertThat(url.database()).isEqualTo("panel");
        assertThat(url.options())
                .isEqualTo(Map.of(PGProperty.SSL_MODE, "verify-full", PGProperty.APPLICATION_NAME, "x y"));
        assertThat(url.location()).isEqualTo("db1.example:6432,[2001:db8::1]:5433,db3:5432/panel");
    }

    @Test
    void userPasswordAndOptionsMayBeMissing() {
        PostgresUrl url = PostgresUrl.parse("PostgreSQL://localhost/panel");

        assertThat(url.user()).isEmpty();
        assertThat(url.password()).isEmpty();
        assertThat(url.options()).isEmpty();
    }

    @Test
    void namesMayHoldAnyCharacterInItsEncodedForm() {
        PostgresUrl url = PostgresUrl.parse("postgresql://a%40b%C3%A9:p%2F%3F%23@localhost/d%20b+c");

        assertThat(url.user()).contains("a@bé");
        assertThat(url.password()).contains(new Secret("p/?#"));
        assertThat(url.database()).isEqualTo("d b+c");
    }

    @Test
    void anAtSignInAPasswordNeedsNoEncoding() {
        assertThat(PostgresUrl.parse("postgresql://anna:p@ss@localhost/panel").password())
                .contains(new Secret("p@ss"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql:panel",
                "postgresql://localhost",
                "postgresql://localhost/",
                "postgresql:///panel",
                "postgresql://anna:hunter2/panel",
                "postgresql://anna:hunter2@/panel",
                "postgresql://anna:hunter2@localhost:0/panel",
                "postgresql://anna:hunter2@localhost:65536/panel",
                "postgresql://anna:hunter2@localhost:/panel",
                "postgresql://anna:hunter2@[::1/panel",
                "postgresql://anna:hunter2@a,,b/panel",
                "postgresql://anna:hunter2%@localhost/panel",
                "postgresql://anna:hunter2%4@localhost/panel",
                "postgresql://anna:hunter2%00@localhost/panel",
                "postgresql://anna:hunter2%FF@localhost/panel",
                "postgresql://anna:hunter2@localhost/panel/other"
            })
    void aUrlOfAnotherFormIsRefusedWithoutRepeatingIt(String url) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> PostgresUrl.parse(url))
                .withMessageContaining("postgresql://user@host:5432/database")
                .withMessageNotContaining("hunter2");
    }

    @Test
    void anUnknownOptionIsRefusedByName() {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> PostgresUrl.parse("postgresql://localhost/panel?sslmode=require&socketFactory=x"))
                .withMessageContaining("'socketFactory'")
                .withMessageContaining("sslmode");
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "currentSchema"})
    void optionsThatWouldDoHarmAreRefusedWithAReason(String option) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> PostgresUrl.parse("postgresql://localhost/panel?" + option + "=hunter2"))
                .withMessageContaining(option + ":")
                .withMessageNotContaining("hunter2");
    }

    @Test
    void thePasswordIsNotShown() {
        assertThat(PostgresUrl.parse("postgresql://anna:hunter2@localhost/panel"))
                .asString()
                .doesNotContain("hunter2");
    }
}
