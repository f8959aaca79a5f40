package dev.farhand.agent.driver.gpio;

/** How a motor's power stage is wired, told by the keys that its section has. Immutable. */
sealed interface Bridge {
  /** Two inputs tell the direction, a third the speed: L298N, TB6612FNG. */
  record Inputs(Source in1, Source in2, Source speed) implements Bridge {}

  /** The input of the direction is pulsed: DRV8833, BTS7960, an L298N with its jumpers on. */
  record PulsedInputs(Source in1, Source in2) implements Bridge {}

  /** One input tells the direction, the other the speed: DRV8835 in its phase mode. */
  record Phase(Source phase, Source speed) implements Bridge {}

  /** A speed controller that wants a servo's pulses. */
  record Controller(Source pulse, Pulse of) implements Bridge {}
}
