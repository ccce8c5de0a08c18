package io.aipanel.service.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The export that docs/audit-format.md shows is one. */
class ExportDocumentTest {

    @Test
    void theExportInTheDocumentIsWrittenAndReadAsItStandsThere() throws IOException {
        List<String> lines = Files.readString(Path.of("..", "docs", "audit-format.md"))
                .lines()
                .filter(line -> line.startsWith("    {\""))
                .map(String::strip)
                .toList();
        assertThat(lines).hasSize(3);
        byte[] export = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);

        Verification found = ExportCheck.of(new ByteArrayInputStream(export), Evidence.NONE, Optional.empty());
        assertThat(found.message()).startsWith("consistent in itself, 2 events checked, but");
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        NdjsonSink sink = new NdjsonSink(written);
        for (String line : lines) {
            sink.write(ExportLines.read(line));
        }
        sink.flush();
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo(new String(export, StandardCharsets.UTF_8));
    }
}
