/** Power switches, BMCs and their outlets (API contract, storage 9 to 11). */
package io.burnish.host.power;
