/** What every engine offers as a whole: opening, transactions, the outbox, signals and reports. Also the failures that a store can have. */
@NullMarked
package io.aipanel.ports.storage;

import org.jspecify.annotations.NullMarked;
