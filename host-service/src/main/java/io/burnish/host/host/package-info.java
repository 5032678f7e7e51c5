/** Servers: how they are stored, served and told to others. */
package io.burnish.host.host;
