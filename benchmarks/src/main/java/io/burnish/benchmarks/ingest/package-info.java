/** Samples of many servers through Kafka into the database of the metrics service, and queries meanwhile. */
package io.burnish.benchmarks.ingest;
