/** What the panel can be told from outside, and where each value came from. Every key is in {@link io.aipanel.app.config.ConfigKey}. */
@NullMarked
package io.aipanel.app.config;

import org.jspecify.annotations.NullMarked;
