/** What agents report, and what it changes. */
package io.burnish.host.report;
