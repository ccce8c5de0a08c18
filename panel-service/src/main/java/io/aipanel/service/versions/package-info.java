/** Looking at the host's components, and deciding what is to become of them. Every look is one change. */
@NullMarked
package io.aipanel.service.versions;

import org.jspecify.annotations.NullMarked;
