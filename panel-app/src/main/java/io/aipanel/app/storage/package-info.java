/** The commands that look after the storage: what is there, and whether it is well. Each parses, calls a use case and answers. */
@NullMarked
package io.aipanel.app.storage;

import org.jspecify.annotations.NullMarked;
