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
public final class Assets {

    private static final String JAVASCRIPT = "text/javascript;charset=utf-8";

    private final Asset stylesheet = Asset.load("panel.css", "text/css;charset=utf-8");
    private final Asset script = Asset.load("panel.js", JAVASCRIPT);
    // As its makers publish it; the build takes it out of their artifact.
    private final Asset htmx = Asset.load("htmx.min.js", JAVASCRIPT);
    private final Asset icon = Asset.load("icon.svg", "image/svg+xml");

    Assets() {}

    /** Where the style is. */
    public String stylesheet() {
        return stylesheet.path();
    }

    /** Where the pages' own script is. */
    public String script() {
        return script.path();
    }

    /** Where the script is that fetches and exchanges parts of pages. */
    public String htmx() {
        return htmx.path();
    }

    /** Where the icon is. */
    public String icon() {
        return icon.path();
    }

    /** The routes. */
    List<Route> routes() {
        return List.of(
                stylesheet.route("asset.style"),
                script.route("asset.script"),
                htmx.route("asset.htmx"),
                icon.route("asset.icon"));
    }

    private record Asset(String path, String mediaType, byte[] bytes) {

        static Asset load(String file, String mediaType) {
            try (InputStream in = Asset.class.getResourceAsStream(file)) {
                byte[] bytes = Objects.requireNonNull(in, file).readAllBytes();
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
                String hash = HexFormat.of().formatHex(digest, 0, 6);
                int dot = file.lastIndexOf('.');
                String path = "/assets/" + file.substring(0, dot) + "." + hash + file.substring(dot);
                return new Asset(path, mediaType, bytes);
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
