/** Where the built parts of Burnish are on this machine. */
package io.burnish.standalone.install;
