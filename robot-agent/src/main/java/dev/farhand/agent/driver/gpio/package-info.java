/**
 * The driver {@code gpio}: motors, servos, switches and simple sensors on a board's own pins and on
 * a PCA9685, by diozero.
 *
 * <p>{@link dev.farhand.agent.driver.gpio.GpioSettings} is what {@code robot.yaml} says, read and
 * checked without any hardware; {@link dev.farhand.agent.driver.gpio.Board} opens pins; {@link
 * dev.farhand.agent.driver.gpio.GpioDriver} puts the two together. {@code docs/drivers.md} has the
 * settings.
 */
@NullMarked
package dev.farhand.agent.driver.gpio;

import org.jspecify.annotations.NullMarked;
