/** What exists in the laboratory: servers, LUNs, clusters; it survives the end of this process. */
package io.burnish.simulator.lab;
