/** Whether the panel is up, whether its stores answer, and what it measures of itself. */
@NullMarked
package io.aipanel.http.storage;

import org.jspecify.annotations.NullMarked;
