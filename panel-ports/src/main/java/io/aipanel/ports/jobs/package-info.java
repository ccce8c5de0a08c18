/** Where jobs wait, run under a lease and end. Hands each to one worker at a time. */
@NullMarked
package io.aipanel.ports.jobs;

import org.jspecify.annotations.NullMarked;
