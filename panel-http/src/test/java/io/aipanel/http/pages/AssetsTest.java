package io.aipanel.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class AssetsTest {

    @Test
    void aSlowLineHasLittleToFetch() throws IOException {
        assertThat(packed("panel.css")).isLessThanOrEqualTo(15 << 10);
        assertThat(packed("panel.js") + packed("htmx.min.js")).isLessThanOrEqualTo(25 << 10);
    }

    @Test
    void theStyleFetchesNothing() throws IOException {
        assertThat(new String(bytes("panel.css"), StandardCharsets.UTF_8))
                .doesNotContain("url(")
                .doesNotContain("@import");
    }

    private static int packed(String file) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            zip.write(bytes(file));
        }
        return packed.size();
    }

    private static byte[] bytes(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(Assets.class.getResourceAsStream(file))) {
            return in.readAllBytes();
        }
    }
}
