/** The audit log over HTTP. */
@NullMarked
package io.aipanel.http.audit;

import org.jspecify.annotations.NullMarked;
