/** Components and their history in the schema {@code panel}. Each statement stands beside the method that uses it. */
@NullMarked
package io.aipanel.postgres.versions;

import org.jspecify.annotations.NullMarked;
