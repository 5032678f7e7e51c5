/** What is done to file systems (orchestration 4.6). */
package io.burnish.filesystem.job;
