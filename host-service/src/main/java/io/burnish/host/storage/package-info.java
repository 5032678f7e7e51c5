/** Storage resources and their classes (API contract, storage 7 and 8). */
package io.burnish.host.storage;
