/**
 * What the two halves of this service ask of each other: the hub with registration and deployment on one side, the objects
 * (servers, networks, clusters, volumes) on the other.
 */
package io.burnish.host.spi;
