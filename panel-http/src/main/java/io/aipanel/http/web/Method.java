package io.aipanel.http.web;

/** The request methods that routes use. HEAD is answered wherever GET is. */
public enum Method {
    /** Reads. */
    GET,
    /** Adds, or starts something. */
    POST,
    /** Replaces. */
    PUT,
    /** Changes a part. */
    PATCH,
    /** Removes. */
    DELETE;

    /** Whether a request may change something (RFC 9110, section 9.2.1). */
    public boolean isUnsafe() {
        return this != GET;
    }
}
