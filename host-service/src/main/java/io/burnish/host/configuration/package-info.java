/** What is configured on a server besides the server itself: LNet, Corosync, Pacemaker, time synchronisation. */
package io.burnish.host.configuration;
