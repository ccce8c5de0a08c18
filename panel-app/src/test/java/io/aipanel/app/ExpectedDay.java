package io.aipanel.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What the commands of {@link SessionContract#day()} answer, with what varies from run to run as a star. */
final class ExpectedDay {

    private ExpectedDay() {}

    static String text() {
        try (InputStream in = ExpectedDay.class.getResourceAsStream("day.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
