package io.aipanel.http.web;

/** Answers the calls of a route: parses, calls a use case, renders. Must be safe for use by many threads. */
@FunctionalInterface
public interface Handler {

    /**
     * Answers a call.
     *
     * @param call the call, already allowed by the route's rule
     * @return the answer; whatever is thrown instead becomes a problem
     */
    Reply handle(Call call);
}
