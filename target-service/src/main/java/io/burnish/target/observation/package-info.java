/** What agents see of targets. */
package io.burnish.target.observation;
