/** Volumes: units of storage that can carry a target, assembled from what all servers report, and who may serve them. */
package io.burnish.host.volume;
