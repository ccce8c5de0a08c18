package io.aipanel.http;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.JsonBodies;
import io.aipanel.http.web.Refusal;
import io.aipanel.http.web.Route;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads what a request carries, as its route wants it. */
final class RequestBodies {

    /** The most bytes of a body: enough for a document of the largest size ({@code Text.DOCUMENT_BYTES}) and its escapes. */
    static final int MAX_BYTES = 2 << 20;

    /** The most bytes of a body from whom nobody knows yet: enough for any login, too little to fill the memory. */
    static final int MAX_BYTES_OF_STRANGERS = 64 << 10;

    /**
     * How much of a body that is too large is read and thrown away, so that clients that do not listen before they have
     * sent everything learn why they were refused.
     */
    private static final int MAX_DRAINED_BYTES = 32 << 20;

    private static final Pattern JSON = Pattern.compile("application/(json|[a-z0-9.+-]+\\+json)");
    private static final Pattern FORM = Pattern.compile("application/x-www-form-urlencoded");

    private RequestBodies() {}

    /**
     * Reads the body.
     *
     * @param maxBytes the most bytes it may have
     * @throws Refusal if it is of another type, or too large
     * @throws InvalidValueException if it is not what the route takes
     */
    static Body read(HttpServletRequest request, Route.BodyKind kind, int maxBytes) {
        if (kind instanceof Route.BodyKind.Json json) {
            if (!json.required() && !hasBody(request)) {
                return Body.NONE;
            }
            requireType(request, JSON, "application/json");
            return JsonBodies.read(text(request, maxBytes), json.schema());
        }
        if (kind instanceof Route.BodyKind.Form) {
            requireType(request, FORM, "application/x-www-form-urlencoded");
            return Body.ofForm(form(text(request, maxBytes)));
        }
        return Body.NONE;
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private static void requireType(HttpServletRequest request, Pattern wanted, String name) {
        String given = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
        String[] parts = given.split(";");
        boolean utf8 = true;
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            utf8 &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        if (!wanted.matcher(parts[0].strip()).matches() || !utf8) {
            throw new Refusal(415, "unsupported-media-type", "The body must be " + name + " in UTF-8.");
        }
    }

    private static String text(HttpServletRequest request, int maxBytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes(request, maxBytes)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidValueException("body", "must be valid UTF-8");
        } catch (IOException e) {
            throw new Refusal(400, "broken-off", "The request broke off before its end.");
        }
    }

    private static byte[] bytes(HttpServletRequest request, int maxBytes) throws IOException {
        InputStream in = request.getInputStream();
        // A client that asks before it sends (Expect: 100-continue) is told to send by the first read.
        boolean asksFirst = request.getHeader("Expect") != null;
        if (request.getContentLengthLong() > maxBytes && asksFirst) {
            throw tooLarge(maxBytes);
        }
        byte[] bytes = in.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            if (!asksFirst && request.getContentLengthLong() <= MAX_DRAINED_BYTES) {
                drain(in);
            }
            throw tooLarge(maxBytes);
        }
        return bytes;
    }

    private static void drain(InputStream in) throws IOException {
        byte[] buffer = new byte[64 << 10];
        int drained = 0;
        int read = in.read(buffer);
        while (read >= 0 && drained < MAX_DRAINED_BYTES) {
            drained += read;
            read = in.read(buffer);
        }
    }

    private static Refusal tooLarge(int maxBytes) {
        return new Refusal(413, "body-too-large", "The body must be at most " + maxBytes + " bytes long.");
    }

    private static Map<String, List<String>> form(String text) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            fields.computeIfAbsent(name, key -> new ArrayList<>())
                    .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("body", "must be a form (URL-encoded)");
        }
    }
}
