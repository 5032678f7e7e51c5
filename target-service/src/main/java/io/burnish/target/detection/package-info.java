/** Targets that run already and are only watched. */
package io.burnish.target.detection;
