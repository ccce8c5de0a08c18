package io.aipanel.postgres.storage;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postgresql.PGProperty;

/**
 * A storage URL of the form {@code postgresql://user[:password]@host[:port][,host2…]/database[?option=…]}.
 *
 * @param user the role to log in as; empty for the name of the operating system's user
 * @param password the password, if it stands in the URL
 * @param hosts where the server may be, one or more, tried in order
 * @param database the database
 * @param options what the URL asks of the driver
 */
public record PostgresUrl(
        Optional<String> user,
        Optional<Secret> password,
        List<Host> hosts,
        String database,
        Map<PGProperty, String> options) {

    /** The port of a host that names none. */
    public static final int DEFAULT_PORT = 5432;

    private static final String FORM =
            "must look like postgresql://user@host:5432/database (user and database with special characters"
                    + " percent-encoded, an IPv6 address in brackets)";

    /** What may be asked of the driver, by name in lower case without underscores: libpq's spelling works too. */
    private static final Map<String, PGProperty> KNOWN_OPTIONS = known(
            PGProperty.SSL_MODE,
            PGProperty.SSL_ROOT_CERT,
            PGProperty.SSL_CERT,
            PGProperty.SSL_KEY,
            PGProperty.SSL_NEGOTIATION,
            PGProperty.CHANNEL_BINDING,
            PGProperty.REQUIRE_AUTH,
            PGProperty.GSS_ENC_MODE,
            PGProperty.APPLICATION_NAME,
            PGProperty.CONNECT_TIMEOUT,
            PGProperty.HOST_RECHECK_SECONDS);

    /**
     * A server.
     *
     * @param name a host name or an address, IPv6 without brackets
     * @param port 1 to 65535
     */
    public record Host(String name, int port) {
        @Override
        public String toString() {
            return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
        }
    }

    /** Keeps its own copies. */
    public PostgresUrl {
        hosts = List.copyOf(hosts);
        options = Map.copyOf(options);
    }

    /**
     * Reads a URL.
     *
     * @throws InvalidValueException if it has another form or an unknown option; the message repeats nothing that could
     *     be a password
     */
    public static PostgresUrl parse(String url) {
        String prefix = "postgresql://";
        if (!url.toLowerCase(Locale.ROOT).startsWith(prefix)) {
            throw malformed();
        }
        String rest = url.substring(prefix.length());
        int question = rest.indexOf('?');
        String query = question < 0 ? "" : rest.substring(question + 1);
        String address = question < 0 ? rest : rest.substring(0, question);
        int slash = address.indexOf('/');
        if (slash < 0) {
            throw malformed();
        }
        String authority = address.substring(0, slash);
        String database = decode(address.substring(slash + 1));
        if (database.isBlank() || database.contains("/")) {
            throw malformed();
        }
        int at = authority.lastIndexOf('@');
        String userInfo = at < 0 ? "" : authority.substring(0, at);
        int colon = userInfo.indexOf(':');
        String user = decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
        String password = colon < 0 ? "" : decode(userInfo.substring(colon + 1));
        return new PostgresUrl(
                Optional.of(user).filter(given -> !given.isEmpty()),
                Optional.of(password).filter(given -> !given.isEmpty()).map(Secret::new),
                hosts(authority.substring(at + 1)),
                database,
                options(query));
    }

    /** The same for another database of the server. */
    public PostgresUrl database(String name) {
        return new PostgresUrl(user, password, hosts, name, options);
    }

    /** Where the database is, for people: no user, no password. */
    String location() {
        return hosts.stream().map(Host::toString).collect(Collectors.joining(",")) + "/" + database;
    }

    private static List<Host> hosts(String text) {
        List<Host> hosts = new ArrayList<>();
        for (String host : text.split(",", -1)) {
            int portColon = host.indexOf(':', host.lastIndexOf(']') + 1);
            String name = portColon < 0 ? host : host.substring(0, portColon);
            if (name.startsWith("[") && name.endsWith("]")) {
                name = name.substring(1, name.length() - 1);
            } else if (name.contains("[") || name.contains("]")) {
                throw malformed();
            }
            if (name.isEmpty()) {
                throw malformed();
            }
            hosts.add(new Host(decode(name), portColon < 0 ? DEFAULT_PORT : port(host.substring(portColon + 1))));
        }
        return hosts;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below, without the text: where a host is missing, this is the password
        }
        throw malformed();
    }

    private static Map<PGProperty, String> options(String query) {
        Map<PGProperty, String> options = new LinkedHashMap<>();
        for (String option : query.split("&")) {
            if (option.isEmpty()) {
                continue;
            }
            int equals = option.indexOf('=');
            String name = decode(equals < 0 ? option : option.substring(0, equals));
            PGProperty property =
                    KNOWN_OPTIONS.get(name.toLowerCase(Locale.ROOT).replace("_", ""));
            if (property == null) {
                throw new InvalidValueException("storage", refusal(name));
            }
            options.put(property, equals < 0 ? "" : decode(option.substring(equals + 1)));
        }
        return options;
    }

    private static String refusal(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "password" ->
                "must not have the option password: it would be visible to others."
                        + " Use storage.password-file, PANEL_STORAGE_PASSWORD or ~/.pgpass";
            case "currentschema", "search_path" ->
                "must not have the option " + name + ": the panel's schemas are panel, audit and queue";
            default ->
                "has the unknown option '" + name + "'; known are "
                        + KNOWN_OPTIONS.values().stream()
                                .map(PGProperty::getName)
                                .sorted(String.CASE_INSENSITIVE_ORDER)
                                .collect(Collectors.joining(", "));
        };
    }

    private static Map<String, PGProperty> known(PGProperty... properties) {
        Map<String, PGProperty> known = new LinkedHashMap<>();
        for (PGProperty property : properties) {
            known.put(property.getName().toLowerCase(Locale.ROOT), property);
        }
        return Map.copyOf(known);
    }

    /** Unlike {@link java.net.URLDecoder} leaves a plus sign alone. */
    private static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] != '%') {
                bytes.write(encoded[i]);
                continue;
            }
            int high = i + 2 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
            int low = i + 2 < encoded.length ? Character.digit(encoded[i + 2], 16) : -1;
            if (high < 0 || low < 0 || high + low == 0) {
                throw malformed();
            }
            bytes.write(high * 16 + low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private static InvalidValueException malformed() {
        return new InvalidValueException("storage", FORM);
    }
}
