/** The way of an administrator to a virtual server. */
package io.burnish.simulator.ssh;
