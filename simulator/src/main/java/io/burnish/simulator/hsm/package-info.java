/** HSM of the laboratory: the coordinators of file systems, and copytools that serve them. */
package io.burnish.simulator.hsm;
