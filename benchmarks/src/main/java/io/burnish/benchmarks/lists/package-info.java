/** The list of servers: through the gateway, at its owner, and written by hand. */
package io.burnish.benchmarks.lists;
