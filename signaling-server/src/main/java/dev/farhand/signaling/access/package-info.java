/** Who may do what: secrets, tokens, resume keys, and the guards before a request is heard. */
@NullMarked
package dev.farhand.signaling.access;

import org.jspecify.annotations.NullMarked;
