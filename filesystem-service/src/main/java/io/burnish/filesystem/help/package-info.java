/** Help for people who fill in forms. */
package io.burnish.filesystem.help;
