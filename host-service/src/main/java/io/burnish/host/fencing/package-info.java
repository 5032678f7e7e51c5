/** How servers of a cluster can be fenced: made from their outlets (orchestration 13.2). */
package io.burnish.host.fencing;
