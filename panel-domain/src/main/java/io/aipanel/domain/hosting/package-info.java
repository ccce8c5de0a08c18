/** Sites with their host names, and the databases that belong to them. A host name is kept in its ASCII form. */
@NullMarked
package io.aipanel.domain.hosting;

import org.jspecify.annotations.NullMarked;
