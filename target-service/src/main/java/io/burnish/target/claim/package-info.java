/** How targets come into being: all of a request or none, one per volume. */
package io.burnish.target.claim;
