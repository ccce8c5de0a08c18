/** Where audit events are kept. Only ever appends. */
@NullMarked
package io.aipanel.ports.audit;

import org.jspecify.annotations.NullMarked;
