/** Root resources of storage plug-ins are asked what is below them. */
package io.burnish.host.scan;
