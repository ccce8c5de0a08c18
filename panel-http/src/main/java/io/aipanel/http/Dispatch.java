package io.aipanel.http;

import io.aipanel.http.web.Call;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Problem;
import io.aipanel.http.web.Refusal;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.service.iam.Access;
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
 * way becomes a problem.
 */
final class Dispatch {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);
    private static final String REQUEST_ID_HEADER = "X-Request-Id";
    private static final String PROBLEM_JSON = "application/problem+json";
    private static final String REQUEST_ID = "panel.request-id";
    private static final String BEGAN = "panel.began";
    private static final String ROUTE = "panel.route";

    private final List<Route> routes;
    private final Origins origins;
    private final ClientAddresses addresses;
    private final Recognition recognition;
    private final Access access;
    private final ErrorPages errorPages;
    private final RequestMeters meters;

    Dispatch(
            List<Route> routes,
            Origins origins,
            ClientAddresses addresses,
            Recognition recognition,
            Access access,
            ErrorPages errorPages,
            RequestMeters meters) {
        this.routes = List.copyOf(routes);
        this.origins = origins;
        this.addresses = addresses;
        this.recognition = recognition;
        this.access = access;
        this.errorPages = errorPages;
        this.meters = meters;
    }

    /** Registers every route, and nothing else. */
    void register(JavalinConfig config) {
        config.routes.before(this::begin);
        for (Route route : routes) {
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
        return Endpoint.create(method, route.path()).handler(context -> answer(route, context));
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
        Route route = context.attribute(ROUTE);
        Long began = context.attribute(BEGAN);
        if (route != null && began != null) {
            meters.record(route, context.statusCode(), System.nanoTime() - began);
        }
    }

    private void answer(Route route, Context context) {
        context.attribute(ROUTE, route);
        try {
            write(context, route.handler().handle(admit(route, context)));
        } catch (Refusal refusal) {
            if (!route.isPage() || refusal.status() != 401) {
                throw refusal;
            }
            write(context, Reply.seeOther("/login"));
        } catch (Error error) {
            // The framework has no safe place for these: what throws one while it handles another is asked for ever.
            throw new IllegalStateException(error);
        }
    }

    private Call admit(Route route, Context context) {
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
            Authenticated found = recognition.of(context.req(), nobody).orElseThrow(Dispatch::notSignedIn);
            if (!route.rule().allows(found.actor())) {
                throw access.denied(
                        found.actor(),
                        route.action(),
                        "this needs " + route.rule().needs());
            }
            authenticated = Optional.of(found);
        }
        return new Call(
                authenticated.map(Authenticated::actor).orElse(nobody),
                authenticated,
                context.pathParamMap(),
                firstOfEach(context.queryParamMap()),
                RequestBodies.read(context.req(), route.body(), maxBytes(route)),
                Optional.ofNullable(context.header("If-Match")),
                Objects.requireNonNullElse(context.header("User-Agent"), ""),
                Objects.requireNonNullElse(context.header("Accept"), ""));
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
            write(context, Reply.page(problems.status(), errorPages.of(body)));
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
        String accept = Objects.requireNonNullElse(context.header("Accept"), "");
        return accept.contains("text/html") && !context.path().startsWith("/api/");
    }

    private static String requestId(Context context) {
        return Objects.requireNonNull(context.attribute(REQUEST_ID));
    }
}
