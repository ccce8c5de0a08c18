/** What every command needs: the terminal, the global options, answers for people and programs, exit codes. The commands themselves are with their features. */
@NullMarked
package io.aipanel.app.cli;

import org.jspecify.annotations.NullMarked;
