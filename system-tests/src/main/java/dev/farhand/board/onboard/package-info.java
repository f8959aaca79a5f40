/**
 * What runs on the board beside the agent, and knows nothing of it: only Java's own library is
 * there.
 */
@NullMarked
package dev.farhand.board.onboard;

import org.jspecify.annotations.NullMarked;
