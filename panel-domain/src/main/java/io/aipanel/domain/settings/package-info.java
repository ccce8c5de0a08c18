/** Typed settings that operators change while the panel runs. Secret ones are never shown again. */
@NullMarked
package io.aipanel.domain.settings;

import org.jspecify.annotations.NullMarked;
