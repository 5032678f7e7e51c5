/** Configuration parameters on their way from file systems and targets to the MGS: what is wanted, recorded, applied. */
package io.burnish.target.confparam;
