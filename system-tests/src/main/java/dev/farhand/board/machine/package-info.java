/** The board as a machine: its emulator, what is on its disk, and what its witness says. */
@NullMarked
package dev.farhand.board.machine;

import org.jspecify.annotations.NullMarked;
