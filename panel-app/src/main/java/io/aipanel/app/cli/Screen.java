package io.aipanel.app.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What can be drawn where answers appear.
 *
 * @param width how many characters fit on a line
 * @param unicode whether more can be drawn than ASCII
 */
public record Screen(int width, boolean unicode) {

    /** Set by the start script where the locale is one of ASCII, which the JVM is told otherwise. */
    public static final String ASCII_VARIABLE = "PANEL_ASCII";

    private static final int USUAL_WIDTH = 80;
    private static final int NARROWEST = 20;

    private static final Pattern SIZE = Pattern.compile("\\d{1,4} (\\d{1,4})\\s*");

    /**
     * The screen that the environment tells of.
     *
     * @param environment the environment's variables
     * @param shown whether somebody sees the output as it is written
     */
    public static Screen of(Map<String, String> environment, boolean shown) {
        int width = Optional.ofNullable(environment.get("COLUMNS"))
                .flatMap(Screen::number)
                .or(() -> shown ? askTerminal() : Optional.empty())
                .filter(columns -> columns > 0)
                .orElse(USUAL_WIDTH);
        return new Screen(Math.max(NARROWEST, width), drawsUnicode(environment));
    }

    /** The first of these variables that says anything decides, as it does for every program (POSIX, section 8.2). */
    private static boolean drawsUnicode(Map<String, String> environment) {
        boolean unicode = Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(locale -> !locale.isEmpty())
                .findFirst()
                .map(locale -> locale.toLowerCase(Locale.ROOT).replace("-", ""))
                .filter(locale -> locale.contains("utf8"))
                .isPresent();
        return unicode && environment.getOrDefault(ASCII_VARIABLE, "").isEmpty();
    }

    private static Optional<Integer> number(String text) {
        return text.matches("\\d{1,4}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    /** Shells know the width, but seldom tell programs; {@code stty} asks the terminal itself. */
    private static Optional<Integer> askTerminal() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                    return Optional.empty();
                }
                Matcher size =
                        SIZE.matcher(new String(stty.getInputStream().readNBytes(20), StandardCharsets.US_ASCII));
                return size.matches() ? Optional.of(Integer.valueOf(size.group(1))) : Optional.empty();
            } finally {
                stty.destroyForcibly();
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
