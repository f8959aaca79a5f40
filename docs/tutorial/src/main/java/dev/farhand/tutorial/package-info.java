/** The tutorial's programs. Each stands alone: what is in two of them is written twice. */
@NullMarked
package dev.farhand.tutorial;

import org.jspecify.annotations.NullMarked;
