package io.aipanel.http.pages;

import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The files that pages refer to. A file's address holds its hash, so that browsers may keep it for ever. */
final class Assets {

    private final Asset stylesheet = Asset.load("panel", "css", "text/css;charset=utf-8");
    private final Asset icon = Asset.load("icon", "svg", "image/svg+xml");

    /** Where the style is. */
    String stylesheet() {
        return stylesheet.path();
    }

    /** Where the icon is. */
    String icon() {
        return icon.path();
    }

    /** The routes. */
    List<Route> routes() {
        return List.of(stylesheet.route("asset.style"), icon.route("asset.icon"));
    }

    private record Asset(String path, String mediaType, byte[] bytes) {

        static Asset load(String name, String extension, String mediaType) {
            try (InputStream in = Asset.class.getResourceAsStream(name + "." + extension)) {
                byte[] bytes = Objects.requireNonNull(in).readAllBytes();
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
                String hash = HexFormat.of().formatHex(digest, 0, 6);
                return new Asset("/assets/" + name + "." + hash + "." + extension, mediaType, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("the program's own file cannot be read", e);
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every Java platform has SHA-256", e);
            }
        }

        Route route(String action) {
            Reply reply = new Reply(
                    200,
                    Map.of("Cache-Control", "public, max-age=31536000, immutable"),
                    Optional.of(new Reply.Content.Bytes(mediaType, bytes)));
            return Route.at(Method.GET, path, action, Rule.PUBLIC)
                    .summary("A file of the pages")
                    .answers(200)
                    .alwaysHandledBy(call -> reply);
        }
    }
}
