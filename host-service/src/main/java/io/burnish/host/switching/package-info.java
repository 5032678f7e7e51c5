/** Switching and watching power through fence agents (orchestration 13.1). */
package io.burnish.host.switching;
