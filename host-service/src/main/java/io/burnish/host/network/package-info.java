/** Network interfaces and NIDs of servers. */
package io.burnish.host.network;
