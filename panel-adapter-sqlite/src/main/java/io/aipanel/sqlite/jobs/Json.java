package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.JobType;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists of values as JSON texts, in which one parameter carries a whole batch into a statement ({@code json_each}). */
final class Json {

    private Json() {}

    /** An array of numbers. */
    static String numbers(Collection<Long> numbers) {
        StringBuilder json = new StringBuilder(numbers.size() * 8 + 2).append('[');
        for (long number : numbers) {
            json.append(json.length() > 1 ? "," : "").append(number);
        }
        return json.append(']').toString();
    }

    /** An array of names, which need no escapes. */
    static String names(Set<JobType> types) {
        return types.stream().map(type -> '"' + type.value() + '"').collect(Collectors.joining(",", "[", "]"));
    }

    /** An object whose members have numbers for names, and texts or null for values. */
    static String members(Map<Long, @Nullable String> texts) {
        StringBuilder json = new StringBuilder(texts.size() * 16 + 2).append('{');
        texts.forEach((number, text) -> {
            json.append(json.length() > 1 ? ",\"" : "\"").append(number).append("\":");
            if (text == null) {
                json.append("null");
            } else {
                quote(json, text);
            }
        });
        return json.append('}').toString();
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
