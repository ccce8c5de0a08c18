/** What was done, by whom, to what and with which outcome. An event is never changed once it has been appended. */
@NullMarked
package io.aipanel.domain.audit;

import org.jspecify.annotations.NullMarked;
