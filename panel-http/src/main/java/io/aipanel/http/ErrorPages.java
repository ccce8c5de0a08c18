package io.aipanel.http;

import io.aipanel.http.web.Problem;

/** Shows a problem to a person. */
@FunctionalInterface
interface ErrorPages {

    /** The page, as HTML. */
    String of(Problem problem);
}
