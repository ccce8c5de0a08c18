/** When the panel has outgrown its storage: ADR-002's thresholds, what is measured against them, and what follows. Rules only; nothing here measures. */
@NullMarked
package io.aipanel.domain.capacity;

import org.jspecify.annotations.NullMarked;
