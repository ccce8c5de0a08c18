package io.aipanel.postgres.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.ports.backup.CopyWriter;
import io.aipanel.ports.backup.PortableTable;
import io.aipanel.ports.backup.PortableTables;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.postgres.PostgresStorageProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies are read and written without a server; that one takes and makes the same is tried where both engines are. */
class PortableReadingTest {

    private static final PortableTable SETTINGS = table(StoreName.PANEL, "settings");
    private static final PortableTable TALLIES = table(StoreName.QUEUE, "tallies");

    private final PostgresStorageProvider provider = new PostgresStorageProvider();

    @TempDir
    private Path directory;

    @BeforeEach
    void write() {
        try (CopyWriter writer = provider.writeCopies(directory, Instant.EPOCH)) {
            writer.take(SETTINGS, new Object[] {"panel.name", "a\tb", false, 1_769_000_000_123_456L});
            writer.take(TALLIES, new Object[] {"mail", "completed", 3L, 5L});
            writer.take(TALLIES, new Object[] {"mail", "completed", -1L, 2L});
            writer.take(TALLIES, new Object[] {"mail", "cancelled", 0L, 0L});
            for (PortableTable counters : List.of(
                    table(StoreName.PANEL, PortableTables.COUNTERS), table(StoreName.QUEUE, PortableTables.COUNTERS))) {
                PortableForm.counters(counters.store())
                        .keySet()
                        .forEach(name -> writer.take(counters, new Object[] {name, 7L}));
            }
            writer.finish();
        }
    }

    @Test
    void talliesAreSummedUp() {
        List<List<Object>> rows = new ArrayList<>();
        provider.readCopies(directory, (table, row) -> {
            if (table.equals(TALLIES)) {
                rows.add(List.of(row));
            }
        });

        assertThat(rows).containsExactly(List.of("mail", "completed", 2L, 7L));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a\\\\tb            | a\\\\xb              | a backslash that stands for nothing
                    \\tf\\t           | \\tfalse\\t         | the value 'false'
                    2026-01-21        | infinity            | the value 'infinity
                    name, value       | name, valley        | has no value in the rows of settings
                    COPY panel.roles  | COPY panel.rolls    | has no table roles
                    outbox_seq        | inbox_seq           | does not say where the sequence outbox_seq goes on
                    a\\\\tb            | a\\tb               | another number of values
                    """)
    void whatIsNoCopyIsSaid(String from, String to, String told) throws IOException {
        change(text -> text.replace(from.translateEscapes(), to.translateEscapes()));

        assertThatThrownBy(() -> provider.readCopies(directory, (table, row) -> {}))
                .isInstanceOf(StoreCorrupt.class)
                .hasMessageContaining("panel.copy")
                .hasMessageContaining(told);
    }

    @Test
    void whatWasChangedLaterIsFoundByItsChecksum() throws IOException {
        Path file = directory.resolve("panel.copy");
        Files.writeString(file, Files.readString(file).replace("panel.name", "panel.mane"));

        assertThatThrownBy(() -> provider.readCopies(directory, (table, row) -> {}))
                .isInstanceOf(StoreCorrupt.class)
                .hasMessageContaining("its checksum is another one");
    }

    @Test
    void oneOfAnOlderSchemaIsRefusedWithAWayToGo() throws IOException {
        change(text -> text.replaceFirst("-- schema: .*", "-- schema: 0001-users-and-roles"));

        assertThatThrownBy(() -> provider.readCopies(directory, (table, row) -> {}))
                .isInstanceOf(StoreMisconfigured.class)
                .hasMessageContaining("panel.copy has the schema version '0001-users-and-roles'")
                .hasMessageContaining("restore the backup on PostgreSQL with this version");
    }

    @Test
    void oneOfANewerProgramIsRefused() throws IOException {
        change(text -> text.replaceFirst("-- schema: .*", "-- schema: 9999-of-tomorrow"));

        assertThatThrownBy(() -> provider.readCopies(directory, (table, row) -> {}))
                .isInstanceOf(StoreMisconfigured.class)
                .hasMessageContaining("which this program does not know: use the newer program");
    }

    /** With a checksum that is right. */
    private void change(UnaryOperator<String> changing) throws IOException {
        Path file = directory.resolve("panel.copy");
        String before = Files.readString(file);
        String changed = changing.apply(before);
        assertThat(changed).isNotEqualTo(before);
        int end = changed.lastIndexOf(CopyFormat.END);
        CRC32C checksum = new CRC32C();
        checksum.update(changed.substring(0, end).getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                file, changed.replaceFirst("crc32c [0-9a-f]{8}\n$", "crc32c %08x\n".formatted(checksum.getValue())));
    }

    private static PortableTable table(StoreName store, String name) {
        return PortableTables.of(store).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
