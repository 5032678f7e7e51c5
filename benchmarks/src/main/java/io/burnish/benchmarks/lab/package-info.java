/** What is measured: the whole product with its simulated cluster, on fresh data. */
package io.burnish.benchmarks.lab;
