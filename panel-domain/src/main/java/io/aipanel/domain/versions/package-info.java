/** Components of the host, the version that is installed and the one that could be. A pin holds a version for a time. */
@NullMarked
package io.aipanel.domain.versions;

import org.jspecify.annotations.NullMarked;
