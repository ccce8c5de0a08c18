/**
 * What every feature's routes are made of: a route with its rule and schemas, the call it gets and the reply it gives.
 * Nothing here or in the features knows the web framework; the package above ties the two together.
 */
@NullMarked
package io.aipanel.http.web;

import org.jspecify.annotations.NullMarked;
