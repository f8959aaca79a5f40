/** The whole of Farhand as its users meet it: real programs, real processes, a real browser. */
@NullMarked
package dev.farhand.system;

import org.jspecify.annotations.NullMarked;
