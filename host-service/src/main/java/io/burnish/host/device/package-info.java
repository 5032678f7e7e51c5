/** What storage the servers report: block devices as resources that identify the same disk on every server that sees it. */
package io.burnish.host.device;
