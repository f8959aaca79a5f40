/** One thread with its tasks: {@link dev.farhand.agent.loop.Loop}. */
@NullMarked
package dev.farhand.agent.loop;

import org.jspecify.annotations.NullMarked;
