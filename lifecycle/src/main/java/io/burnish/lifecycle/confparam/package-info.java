/** Configuration parameters of Lustre that Burnish sets: which there are, and what values they take. */
package io.burnish.lifecycle.confparam;
