/** Lustre client mounts of workers (orchestration 3.8). */
package io.burnish.filesystem.clientmount;
