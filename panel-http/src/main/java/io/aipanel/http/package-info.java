/**
 * The JSON API and the pages: parse, call a use case, render.
 */
@NullMarked
package io.aipanel.http;

import org.jspecify.annotations.NullMarked;
