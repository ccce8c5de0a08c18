/** Reading and changing settings. Secret values go in and never come out. */
@NullMarked
package io.aipanel.service.settings;

import org.jspecify.annotations.NullMarked;
