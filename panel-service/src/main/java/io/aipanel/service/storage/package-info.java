/** What makes a change and its record one thing: the transaction with its effects, and the relay that delivers them. Also health. */
@NullMarked
package io.aipanel.service.storage;

import org.jspecify.annotations.NullMarked;
