/** The programs of a virtual server, each over the state of the laboratory. */
package io.burnish.simulator.program;
