/** Power of the virtual servers: two supplies each, on two switched units, and a BMC each; and the fence agents that reach them. */
package io.burnish.simulator.power;
