/** What is done to targets: the jobs of orchestration 4.5. */
package io.burnish.target.job;
