/** What a file system is, how it is stored, served and told to others. */
package io.burnish.filesystem.filesystem;
