/**
 * What the three files have in common: opening them, the one writer of each, its readers, checkpoints and errors. Its
 * public types are public for the neighbouring packages of this module only.
 */
@NullMarked
package io.aipanel.sqlite.storage;

import org.jspecify.annotations.NullMarked;
