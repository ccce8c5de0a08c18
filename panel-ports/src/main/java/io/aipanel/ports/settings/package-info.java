/** Where the settings that somebody has set are kept. Defaults are not stored. */
@NullMarked
package io.aipanel.ports.settings;

import org.jspecify.annotations.NullMarked;
