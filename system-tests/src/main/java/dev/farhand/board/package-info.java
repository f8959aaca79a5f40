/**
 * The board ({@code ./farhand board}): the agent's archive on an emulated ARM board, driven through
 * faults by a real browser, while the kernel's debugfs tells what the pins do.
 */
@NullMarked
package dev.farhand.board;

import org.jspecify.annotations.NullMarked;
