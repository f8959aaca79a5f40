/**
 * Drivers: processes that move the hardware and speak JSON lines over stdin and stdout.
 *
 * <p>The agent's side is {@link dev.farhand.agent.driver.DriverProcess}. Whoever writes a driver in
 * Java implements {@link dev.farhand.agent.driver.Driver}; {@link
 * dev.farhand.agent.driver.DriverMain} runs it in the child process. The lines are the records
 * {@code ToDriver} and {@code FromDriver}; {@code docs/drivers.md} explains them to every other
 * language.
 */
@NullMarked
package dev.farhand.agent.driver;

import org.jspecify.annotations.NullMarked;
