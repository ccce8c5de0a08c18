/** Where components and their history are kept, and how the host is asked about them. The host is a port of its own. */
@NullMarked
package io.aipanel.ports.versions;

import org.jspecify.annotations.NullMarked;
