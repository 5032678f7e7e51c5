/** From a wish to the first command on a server. */
package io.burnish.benchmarks.put;
