/**
 * Values that every feature shares: checked text, microsecond times, pages and cursors. Pure: the JDK only,
 * no input or output, and no clock of its own.
 */
@NullMarked
package io.aipanel.domain;

import org.jspecify.annotations.NullMarked;
