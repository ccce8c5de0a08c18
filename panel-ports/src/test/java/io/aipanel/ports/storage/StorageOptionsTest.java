package io.aipanel.ports.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people see of a storage URL. */
final class StorageOptionsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://anna:hunter2@localhost/panel",
                "postgresql://anna:hunter2@a,b:5433/panel?sslmode=require",
                "postgresql://anna:x@hunter2@localhost/panel",
                "postgresql://anna:x/hunter2@localhost/panel",
                "postgresql://anna:x?hunter2@localhost/panel",
                "postgresql://anna@localhost/panel?password=hunter2&sslmode=require"
            })
    void aPasswordIsNeverShown(String url) {
        StorageOptions options = StorageOptions.of(url);

        assertThat(options.redactedUrl()).doesNotContain("hunter2").startsWith("postgresql://anna@");
        assertThat(options).asString().doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://anna:x@localhost/panel, postgresql://anna@localhost/panel",
        "postgresql://anna@localhost:5432/panel, postgresql://anna@localhost:5432/panel",
        "sqlite:/var/lib/panel, sqlite:/var/lib/panel"
    })
    void theRestIsShown(String url, String shown) {
        assertThat(StorageOptions.of(url).redactedUrl()).isEqualTo(shown);
    }
}
