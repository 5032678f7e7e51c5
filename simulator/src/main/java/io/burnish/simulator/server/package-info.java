/** A virtual server: the machine that the real agent runs on. */
package io.burnish.simulator.server;
