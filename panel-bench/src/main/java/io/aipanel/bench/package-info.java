/** The command line of the benchmarks. Everything of ours is measured through what embedders use. */
@NullMarked
package io.aipanel.bench;

import org.jspecify.annotations.NullMarked;
