/** High availability clusters: which servers can take over each other's targets. */
package io.burnish.host.ha;
