/** Everything that crosses a process boundary inside Burnish, as records with one JSON form. No framework, no I/O. */
package io.burnish.contracts;
