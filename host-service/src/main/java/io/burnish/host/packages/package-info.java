/** Packages: what servers have, what repositories offer them, and whether updates wait. */
package io.burnish.host.packages;
