/** Where sites and their databases are kept. Sees to it that no host name belongs to two sites. */
@NullMarked
package io.aipanel.ports.hosting;

import org.jspecify.annotations.NullMarked;
