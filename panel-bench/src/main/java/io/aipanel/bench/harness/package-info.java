/** What every benchmark needs: its size, its results, what they are held to, and how they are told. Knows no feature. */
@NullMarked
package io.aipanel.bench.harness;

import org.jspecify.annotations.NullMarked;
