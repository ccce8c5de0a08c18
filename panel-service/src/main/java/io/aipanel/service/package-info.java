/**
 * The panel as a library: {@link io.aipanel.service.Panel} is the one class that a program opens, and the packages
 * below hold its use cases. Nothing here knows which engine keeps the data.
 */
@NullMarked
package io.aipanel.service;

import org.jspecify.annotations.NullMarked;
