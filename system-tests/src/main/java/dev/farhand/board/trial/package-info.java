/** What happens to the board while it is driven, and what came of it. */
@NullMarked
package dev.farhand.board.trial;

import org.jspecify.annotations.NullMarked;
