/** How long the product takes to be ready, and what it needs when it is. */
package io.burnish.benchmarks.start;
