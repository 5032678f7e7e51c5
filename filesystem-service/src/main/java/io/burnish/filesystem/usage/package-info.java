/** Space, files and clients of file systems, as the metrics service tells them. */
package io.burnish.filesystem.usage;
