/** Where connections meet: start at {@link dev.farhand.signaling.board.Switchboard}. */
@NullMarked
package dev.farhand.signaling.board;

import org.jspecify.annotations.NullMarked;
