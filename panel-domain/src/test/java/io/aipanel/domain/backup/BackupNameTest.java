package io.aipanel.domain.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.InvalidValueException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupNameTest {

    @Test
    void itIsTheSecondInUtcAndANumberWhereThereAreSeveral() {
        Instant at = Instant.parse("2026-11-23T02:00:00.987654Z");

        assertThat(BackupName.of(at, 1)).hasToString("20261123T020000Z");
        assertThat(BackupName.of(at, 2)).hasToString("20261123T020000Z-2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "20261123", "20261123T020000Z-1", "20261123T020000Z-02", "20261123T020000Z-1000", "../data"})
    void anythingElseIsNone(String text) {
        assertThat(BackupName.isOne(text)).isFalse();
        assertThatThrownBy(() -> new BackupName(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("20261123T020000Z");
    }

    @Test
    void theyAreOrderedAsTheyWereGiven() {
        List<BackupName> inOrder = List.of(
                new BackupName("20261123T020000Z"),
                new BackupName("20261123T020000Z-2"),
                new BackupName("20261123T020000Z-10"),
                new BackupName("20261123T020001Z"));

        assertThat(inOrder.stream().sorted()).containsExactlyElementsOf(inOrder);
    }

    @Test
    void theNextOneIsTheNextNumberAndAfterTheLastTheNextSecond() {
        assertThat(new BackupName("20261123T020000Z").next()).hasToString("20261123T020000Z-2");
        assertThat(new BackupName("20261123T020000Z-99").next()).hasToString("20261123T020000Z-100");
        assertThat(new BackupName("20261231T235959Z-999").next()).hasToString("20270101T000000Z");
    }
}
