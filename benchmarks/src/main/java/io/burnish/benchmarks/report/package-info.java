/** Figures: beside their baselines on the screen, as JSON lines in a file. */
package io.burnish.benchmarks.report;
