package io.aipanel.http;

import io.aipanel.http.web.Problem;
import io.aipanel.service.storage.Change;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what never reaches a route: requests that are not HTTP, headers that are too large, a server that is stopping.
 * In the form of every other problem, without the server's own page, message or stack trace.
 */
final class PlainErrors extends ErrorHandler {

    private static final Logger LOG = LoggerFactory.getLogger(PlainErrors.class);

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() >= 400 ? response.getStatus() : 500;
        String id = Change.newId().toString();
        Throwable cause = cause(request);
        // What is not HTTP (505 among it) is the caller's failure, and may come at any rate: it is not logged.
        if (status >= 500 && cause != null && !(cause instanceof HttpException)) {
            LOG.error("Request {} failed before it reached a route", id, cause);
        }
        ProtectiveHeaders.API.forEach(response.getHeaders()::put);
        response.getHeaders().put("X-Request-Id", id);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        Problem problem = new Problem(
                "about:blank",
                Problems.title(status),
                status,
                "The request cannot be answered.",
                "http-" + status,
                null,
                id);
        response.write(true, ByteBuffer.wrap(JsonTexts.write(problem)), callback);
        return true;
    }

    private static @Nullable Throwable cause(Request request) {
        return request.getAttribute(ERROR_EXCEPTION) instanceof Throwable cause ? cause : null;
    }
}
