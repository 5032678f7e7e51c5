/** How a file system comes into being, with its targets and its command: all or nothing. */
package io.burnish.filesystem.creation;
