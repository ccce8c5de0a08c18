package io.aipanel.http;

import io.aipanel.http.web.Reply;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends bodies while they are made, and ends the connection where one cannot be completed. */
final class Streaming {

    private static final Logger LOG = LoggerFactory.getLogger(Streaming.class);

    private Streaming() {}

    /**
     * Sends a body; status and headers are set.
     *
     * @throws RuntimeException what the body has thrown, if nothing was sent yet
     */
    static void send(Context context, String requestId, Reply.Body body) {
        if (context.method() == HandlerType.HEAD) {
            return;
        }
        try {
            body.writeTo(context.res().getOutputStream());
        } catch (IOException gone) {
            LOG.debug("Request {}: whoever asked has gone away", requestId, gone);
            Connections.reset(context.req());
        } catch (RuntimeException e) {
            if (!context.res().isCommitted()) {
                context.res().resetBuffer();
                throw e;
            }
            tell(requestId, e);
            Connections.reset(context.req());
        }
    }

    private static void tell(String requestId, RuntimeException failure) {
        if (Problems.of(failure, false).status() == 500) {
            LOG.error("Request {} ended before its answer was complete", requestId, failure);
        } else {
            LOG.warn("Request {} ended before its answer was complete: {}", requestId, failure.getMessage());
        }
    }
}
