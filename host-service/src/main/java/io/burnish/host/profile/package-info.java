/** Server profiles: what a server is to be, and whether it can be that. */
package io.burnish.host.profile;
