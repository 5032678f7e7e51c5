/** All processes of Burnish on one machine, supervised: PostgreSQL, Kafka, seven services, the simulated cluster. */
package io.burnish.standalone.suite;
