/** How things are measured: latencies, closed-loop load, what processes use. */
package io.burnish.benchmarks.measure;
