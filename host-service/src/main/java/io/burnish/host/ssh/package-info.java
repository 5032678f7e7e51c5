/** Commands on servers over SSH, before an agent is there. */
package io.burnish.host.ssh;
