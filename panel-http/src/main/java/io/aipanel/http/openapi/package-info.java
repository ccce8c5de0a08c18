/** The API's own description (OpenAPI 3.1), made from the routes that are served, so that it cannot say anything else. */
@NullMarked
package io.aipanel.http.openapi;

import org.jspecify.annotations.NullMarked;
