/**
 * The use cases of the panel, and the one class that an embedder opens.
 */
@NullMarked
package io.aipanel.service;

import org.jspecify.annotations.NullMarked;
