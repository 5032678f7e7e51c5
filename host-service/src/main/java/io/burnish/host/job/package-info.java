/** What is done to servers and their configurations (orchestration 4.1 to 4.4). */
package io.burnish.host.job;
