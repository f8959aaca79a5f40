/**
 * The driver {@code serial}: a microcontroller, a motor controller or a GPS receiver on a serial
 * port, by jSerialComm.
 *
 * <p>{@link dev.farhand.agent.driver.serial.SerialSettings} is what {@code robot.yaml} says, read
 * and checked without any hardware; {@link dev.farhand.agent.driver.serial.Wire} has the port;
 * {@link dev.farhand.agent.driver.serial.SerialDriver} puts the two together. {@code
 * docs/drivers.md} has the settings.
 */
@NullMarked
package dev.farhand.agent.driver.serial;

import org.jspecify.annotations.NullMarked;
