/** Fence agents: how they are called, and calling them. */
package io.burnish.host.fence;
