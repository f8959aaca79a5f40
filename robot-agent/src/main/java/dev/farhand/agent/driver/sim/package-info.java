/** A rover without hardware: {@link dev.farhand.agent.driver.sim.SimDriver} and its world. */
@NullMarked
package dev.farhand.agent.driver.sim;

import org.jspecify.annotations.NullMarked;
