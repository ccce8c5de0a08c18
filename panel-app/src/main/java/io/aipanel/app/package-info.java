/**
 * The command line, the configuration and the wiring of the panel.
 */
@NullMarked
package io.aipanel.app;

import org.jspecify.annotations.NullMarked;
