/** Recording events and reading them. Refusals are recorded here too, coalesced so that an attack cannot fill the disk. */
@NullMarked
package io.aipanel.service.audit;

import org.jspecify.annotations.NullMarked;
