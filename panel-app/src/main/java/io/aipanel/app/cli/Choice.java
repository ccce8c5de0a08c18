package io.aipanel.app.cli;

import io.aipanel.app.config.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Reads words that stand for one of few values. */
public final class Choice {

    private Choice() {}

    /**
     * The value that a word stands for.
     *
     * @param what what is chosen, for example {@code --outcome}
     * @param word what was given
     * @param values what there is to choose from
     * @param name the word for a value
     * @throws UsageException if it stands for none; the message lists all
     */
    public static <T> T of(String what, String word, List<T> values, Function<T, String> name) {
        return values.stream()
                .filter(value -> name.apply(value).equals(word))
                .findFirst()
                .orElseThrow(() -> new UsageException(what + " must not be '" + word + "'; "
                        + Nearest.suggestion(word, values.stream().map(name).toList())));
    }

    /** The value of an enum whose name, in lower case, a word is. */
    public static <E extends Enum<E>> E of(String what, String word, E[] values) {
        return of(what, word, Arrays.asList(values), Choice::word);
    }

    /** The word for a value of an enum. */
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
