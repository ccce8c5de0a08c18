/**
 * The pages for people. Ordinary forms and links that work without scripts; the templates are in {@code src/main/jte}
 * and become classes of this package.
 */
@NullMarked
package io.aipanel.http.pages;

import org.jspecify.annotations.NullMarked;
