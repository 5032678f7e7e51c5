/** How tests look into the laboratory, break things and mend them. */
package io.burnish.simulator.control;
