/**
 * What imagined clients do to the virtual servers: a function of the time and of which targets are mounted where. Nothing runs for it; the
 * counters are worked out when they are read.
 */
package io.burnish.simulator.load;
