package io.aipanel.http.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An error as the outside sees it (RFC 9457).
 *
 * @param type always {@code about:blank}: the status says it, and {@code code} says it to the letter
 * @param title the status in words
 * @param status the status
 * @param detail what is wrong and what to do
 * @param code what programs tell problems apart by
 * @param field the value that is wrong; null if it is none in particular
 * @param requestId the request, to find it in the log
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable String field,
        String requestId) {}
