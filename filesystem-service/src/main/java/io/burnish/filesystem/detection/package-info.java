/** File systems that run already and are only watched. */
package io.burnish.filesystem.detection;
