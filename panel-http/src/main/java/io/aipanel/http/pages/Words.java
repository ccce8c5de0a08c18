package io.aipanel.http.pages;

import java.util.Map;
import java.util.Optional;

/**
 * The words of the pages in one language. They are text, never markup: templates escape them as any other.
 *
 * @param tag the language (BCP 47), for example {@code pl}
 * @param texts the words by key; what is missing is taken from English before this is made
 */
public record Words(String tag, Map<String, String> texts) {

    /** Keeps its own copy. */
    public Words {
        texts = Map.copyOf(texts);
    }

    /**
     * A text.
     *
     * @param key which one
     * @param values what stands for {@code {0}}, {@code {1}} and so on
     * @return the text; the key itself if there is none, so that a mistake is seen and nothing breaks
     */
    public String of(String key, Object... values) {
        String text = texts.getOrDefault(key, key);
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
            int close = open + 2;
            int number = close < text.length() && text.charAt(close) == '}' ? text.charAt(open + 1) - '0' : -1;
            if (number < 0 || number >= values.length) {
                filled.append(text, from, open + 1);
                from = open + 1;
            } else {
                filled.append(text, from, open).append(values[number]);
                from = close + 1;
            }
        }
        return filled.append(text, from, text.length()).toString();
    }

    /** A text as it is; empty if there is none. */
    public Optional<String> find(String key) {
        return Optional.ofNullable(texts.get(key));
    }

    /** Whether there is a text for a key. */
    boolean has(String key) {
        return texts.containsKey(key);
    }

    /** What the language calls itself. */
    public String name() {
        return of(Languages.NAME);
    }

    /** {@code ltr} or {@code rtl}. */
    public String direction() {
        return of(Languages.DIRECTION).equals("rtl") ? "rtl" : "ltr";
    }
}
