package io.aipanel.http;

import io.aipanel.http.pages.ErrorPage;
import io.aipanel.http.pages.LogInFirst;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Browser;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Handler;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Problem;
import io.aipanel.http.web.Refusal;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Restoring;
import io.aipanel.http.web.Route;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.Authenticated;
import io.aipanel.service.storage.Change;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads every request to its route, in this order: a request id and the headers that protect; is this server meant; does
 * it come from another site's page; who is it; may they; what does it carry; the route's handler. What is thrown on the
 * way becomes a problem. While there is no panel, all but a few routes are refused.
 */
final class Dispatch {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);
    private static final String REQUEST_ID_HEADER = "X-Request-Id";
    private static final String PROBLEM_JSON = "application/problem+json";
    private static final String REQUEST_ID = "panel.request-id";
    private static final String BEGAN = "panel.began";
    private static final String MEASURED = "panel.measured";

    private final Entrance entrance;
    private final Origins origins;
    private final ClientAddresses addresses;
    private final ErrorPage errorPage;

    Dispatch(Entrance entrance, Origins origins, ClientAddresses addresses, ErrorPage errorPage) {
        this.entrance = entrance;
        this.origins = origins;
        this.addresses = addresses;
        this.errorPage = errorPage;
    }

    /** Registers every route that is served now, and nothing else. They are the same for every panel. */
    void register(JavalinConfig config) {
        config.routes.before(this::begin);
        for (Route route : entrance.served().routes()) {
            config.routes.addEndpoint(
                    endpoint(HandlerType.findOrCreate(route.method().name()), route));
            if (route.method() == Method.GET) {
                config.routes.addEndpoint(endpoint(HandlerType.HEAD, route));
            }
        }
        config.routes.exception(Exception.class, this::fail);
        // The framework has a mapper of its own for these, which would be found first.
        config.routes.exception(HttpResponseException.class, this::fail);
        config.routes.after(this::measure);
    }

    private Endpoint endpoint(HandlerType method, Route route) {
        // The route itself would keep its panel for ever, and be asked when there is another one.
        String action = route.action();
        return Endpoint.create(method, route.path()).handler(context -> answer(action, context));
    }

    private void begin(Context context) {
        context.attribute(BEGAN, System.nanoTime());
        String requestId = Change.newId().toString();
        context.attribute(REQUEST_ID, requestId);
        context.header(REQUEST_ID_HEADER, requestId);
        ProtectiveHeaders.API.forEach(context::header);
        origins.requireOwnHost(context.header("Host"));
    }

    /** After everything, a failure included. */
    private void measure(Context context) {
        RequestMeters.Measured measured = context.attribute(MEASURED);
        Long began = context.attribute(BEGAN);
        if (measured != null && began != null) {
            measured.record(context.statusCode(), System.nanoTime() - began);
        }
    }

    private void answer(String action, Context context) {
        try (Entrance.Visit visit = entrance.enter(context.req())) {
            Served served = visit.served();
            Route route = served.route(action);
            context.attribute(MEASURED, served.meters().of(route));
            Handler handler =
                    visit.isLetIn() ? route.handler() : route.meanwhile().orElseThrow(Restoring::new);
            answer(context, served, route, handler);
        }
    }

    private void answer(Context context, Served served, Route route, Handler handler) {
        try {
            write(context, handler.handle(admit(served, route, context)));
        } catch (Refusal refusal) {
            if (!route.isPage() || refusal.status() != 401 || browser(context).replacesPart()) {
                throw refusal;
            }
            write(context, loggingIn(served, route, context));
        } catch (Error error) {
            // The framework has no safe place for these: what throws one while it handles another is asked for ever.
            throw new IllegalStateException(error);
        }
    }

    /** Leads to the form to log in; what somebody has filled in meanwhile is kept in it. */
    private static Reply loggingIn(Served served, Route route, Context context) {
        boolean isFilledIn = route.body() instanceof Route.BodyKind.Form
                && header(context, "Content-Type").startsWith("application/x-www-form-urlencoded");
        if (!isFilledIn) {
            return LogInFirst.before(route.method(), browser(context));
        }
        Body kept = RequestBodies.read(context.req(), route.body(), RequestBodies.MAX_BYTES_OF_STRANGERS);
        Actor nobody = Actor.anonymous(Optional.empty(), Optional.of(requestId(context)));
        Call again = call(context, nobody, Optional.empty(), kept);
        return served.route(LogInFirst.ACTION).handler().handle(again);
    }

    private Call admit(Served served, Route route, Context context) {
        boolean showsToken = Recognition.showsToken(context.req());
        if (route.method().isUnsafe() && !showsToken) {
            origins.requireSameSite(context.header("Sec-Fetch-Site"), context.header("Origin"), context.header("Host"));
        }
        String peer = context.req().getRemoteAddr();
        List<String> forwardedFor = Collections.list(context.req().getHeaders("X-Forwarded-For"));
        String address = addresses.of(peer, forwardedFor);
        Actor nobody = Actor.anonymous(Optional.of(address), Optional.of(requestId(context)));
        Optional<Authenticated> authenticated = Optional.empty();
        if (route.rule().needsSignIn(addresses.isLocal(peer, forwardedFor))) {
            Authenticated found = served.recognition().of(context.req(), nobody).orElseThrow(Dispatch::notSignedIn);
            if (!route.rule().allows(found.actor())) {
                throw served.panel()
                        .access()
                        .denied(
                                found.actor(),
                                route.action(),
                                "this needs " + route.rule().needs());
            }
            authenticated = Optional.of(found);
        }
        return call(
                context,
                authenticated.map(Authenticated::actor).orElse(nobody),
                authenticated,
                RequestBodies.read(context.req(), route.body(), maxBytes(route)));
    }

    private static Call call(Context context, Actor actor, Optional<Authenticated> authenticated, Body body) {
        return new Call(
                actor,
                authenticated,
                context.pathParamMap(),
                firstOfEach(context.queryParamMap()),
                body,
                Optional.ofNullable(context.header("If-Match")),
                header(context, "User-Agent"),
                header(context, "Accept"),
                browser(context));
    }

    private static Browser browser(Context context) {
        String query = context.queryString();
        return new Browser(
                context.path() + (query == null ? "" : "?" + query),
                header(context, "Accept-Language"),
                context.cookieMap(),
                context.header("HX-Request") != null);
    }

    private static String header(Context context, String name) {
        return Objects.requireNonNullElse(context.header(name), "");
    }

    private static int maxBytes(Route route) {
        return route.rule().needsSignIn() ? RequestBodies.MAX_BYTES : RequestBodies.MAX_BYTES_OF_STRANGERS;
    }

    private static Refusal notSignedIn() {
        return new Refusal(
                401,
                "not-signed-in",
                "Log in with POST /api/v1/session, or show an API token (Authorization: Bearer).",
                Optional.empty(),
                Map.of("WWW-Authenticate", "Bearer"));
    }

    private static Map<String, String> firstOfEach(Map<String, List<String>> all) {
        Map<String, String> first = new HashMap<>();
        all.forEach((name, values) -> first.put(name, values.get(0)));
        return first;
    }

    private static void write(Context context, Reply reply) {
        context.status(reply.status());
        reply.headers().forEach(context::header);
        if (reply.content().isEmpty()) {
            context.res().setContentType(null);
        } else if (reply.content().get() instanceof Reply.Content.Json json) {
            context.contentType("application/json").result(JsonTexts.write(json.value()));
        } else if (reply.content().get() instanceof Reply.Content.Bytes bytes) {
            if (bytes.mediaType().startsWith("text/html")) {
                ProtectiveHeaders.PAGE.forEach(context::header);
            }
            context.contentType(bytes.mediaType()).result(bytes.bytes());
        } else if (reply.content().get() instanceof Reply.Content.Stream stream) {
            context.contentType(stream.mediaType());
            Streaming.send(context, requestId(context), stream.body());
        }
    }

    private void fail(Exception failure, Context context) {
        Problems problems = Problems.of(failure, context.header("If-Match") != null);
        if (problems.isFailure()) {
            tell(failure, problems, context);
        }
        Problem body = problems.body(requestId(context));
        if (isForPeople(context)) {
            write(context, Reply.page(problems.status(), errorPage.of(body, browser(context))));
        } else {
            context.status(problems.status()).contentType(PROBLEM_JSON).result(JsonTexts.write(body));
        }
        problems.headers().forEach(context::header);
    }

    private static void tell(Exception failure, Problems problems, Context context) {
        String request = context.method() + " " + context.path();
        if (problems.status() == 500) {
            LOG.error("Request {} ({}) failed", requestId(context), request, failure);
        } else {
            LOG.warn(
                    "Request {} ({}) was answered with {}: {}",
                    requestId(context),
                    request,
                    problems.status(),
                    failure.getMessage());
        }
    }

    private static boolean isForPeople(Context context) {
        return header(context, "Accept").contains("text/html")
                && !context.path().startsWith("/api/");
    }

    private static String requestId(Context context) {
        return Objects.requireNonNull(context.attribute(REQUEST_ID));
    }
}
