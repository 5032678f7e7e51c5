/** Copytools, the HSM movers on workers, and what they do (orchestration 3.9). */
package io.burnish.filesystem.copytool;
