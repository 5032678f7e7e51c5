/**
 * What the plug-ins of an agent report ({@link io.burnish.contracts.agent.FromAgent.Report#body()}). Every top-level component may be
 * {@code null}: unchanged since the last report of the epoch; an empty map or list really means nothing there.
 */
package io.burnish.contracts.agent.report;
