/** The objects: what a target is, how it is stored, served and told to others. */
package io.burnish.target.target;
