package io.aipanel.app.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.jobs.LogLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputLinesTest {

    private final List<String> log = new ArrayList<>();
    private final OutputLines lines = new OutputLines(log::add);

    @Test
    void aLineMayComeInPiecesAndTheLastOneWithoutAnEnd() {
        write("fir", "st\nsec", "ond\r\n\nlast");
        lines.finish();

        assertThat(log).containsExactly("first", "second", "", "last");
    }

    @Test
    void nothingIsNoLine() {
        lines.finish();

        assertThat(log).isEmpty();
        assertThat(lines.last()).isEmpty();
    }

    @Test
    void aLongLineIsCutBetweenCharacters() {
        for (int before = 0; before < 8; before++) {
            log.clear();
            String text = "x".repeat(before) + "🌻ä€".repeat(1000);

            write(text);
            lines.finish();

            assertThat(String.join("", log)).isEqualTo(text);
            assertThat(log)
                    .allSatisfy(line -> assertThat(line.getBytes(StandardCharsets.UTF_8))
                            .hasSizeLessThanOrEqualTo(LogLine.MAX_BYTES));
        }
    }

    @Test
    void bytesThatAreNoTextAreReplacedAndLoseNothingElse() {
        byte[] garbage = new byte[10_000];
        Arrays.fill(garbage, (byte) 0x80);
        lines.write(garbage, garbage.length);
        write("\ntext\n");

        assertThat(String.join("", log.subList(0, log.size() - 1))).isEqualTo("\uFFFD".repeat(10_000));
        assertThat(log).endsWith("text");
    }

    @Test
    void theLastLinesAreKeptWithoutEmptyOnes() {
        write("1\n2\n3\n\n4\n \n5\n6\n");

        assertThat(lines.last()).containsExactly("2", "3", "4", "5", "6");
    }

    private void write(String... pieces) {
        for (String piece : pieces) {
            byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
            lines.write(bytes, bytes.length);
        }
    }
}
