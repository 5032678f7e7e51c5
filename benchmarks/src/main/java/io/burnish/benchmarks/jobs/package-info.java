/** Jobs through the whole chain. */
package io.burnish.benchmarks.jobs;
