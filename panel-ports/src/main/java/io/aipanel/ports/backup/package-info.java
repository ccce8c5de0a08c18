/** Copies of the stores as they were at one instant. What an adapter offers for backups; how they are kept is the service's. */
@NullMarked
package io.aipanel.ports.backup;

import org.jspecify.annotations.NullMarked;
