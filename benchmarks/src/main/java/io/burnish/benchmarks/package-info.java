/** {@code ./burnish bench}: the commands. */
package io.burnish.benchmarks;
