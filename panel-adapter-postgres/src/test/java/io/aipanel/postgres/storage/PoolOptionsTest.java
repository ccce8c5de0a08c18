package io.aipanel.postgres.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys that only this engine knows. */
final class PoolOptionsTest {

    @Test
    void nothingSetMeansTheDefaults() {
        assertThat(PoolOptions.of(Map.of())).isEqualTo(new PoolOptions(false, PoolOptions.DEFAULT_POOL_SIZE));
    }

    @Test
    void everyKeyIsRead() {
        assertThat(PoolOptions.of(Map.of("pgbouncer", "true", "pool-size", "25")))
                .isEqualTo(new PoolOptions(true, 25));
    }

    @ParameterizedTest
    @CsvSource({"pgbouncer, yes", "pool-size, 1", "pool-size, 501", "pool-size, many", "schema, panel"})
    void aWrongKeyOrValueIsRefusedByName(String key, String value) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> PoolOptions.of(Map.of(key, value)))
                .withMessageContaining("storage." + key);
    }
}
