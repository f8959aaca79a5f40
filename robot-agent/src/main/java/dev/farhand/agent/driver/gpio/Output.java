package dev.farhand.agent.driver.gpio;

import com.diozero.api.RuntimeIOException;

/**
 * One output pin. Confined to one thread: the driver's, or that of {@link SoftwarePwm}. What fails
 * is a {@link RuntimeIOException} or another unchecked exception.
 */
interface Output extends AutoCloseable {
  /**
   * Has been carried out when it returns.
   *
   * @param duty the share of the time that the output is on, 0 to 1; where there is only on and
   *     off, it is on from 0.5
   */
  void set(double duty);

  /** Lets go of the pin and leaves its level as it is. */
  @Override
  void close();
}
