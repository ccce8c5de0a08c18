/** Whether the panel is up and its stores answer. */
@NullMarked
package io.aipanel.http.storage;

import org.jspecify.annotations.NullMarked;
