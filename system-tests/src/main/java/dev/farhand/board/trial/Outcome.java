package dev.farhand.board.trial;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of one fault, all times from the instant before it, by the board's clock.
 *
 * @param driven whether the motor turned at that instant; if not, this shows nothing
 * @param motorOff when no pin of the motor was high any more
 * @param safe when the enable pin was low, too
 * @param unheld how long nobody held pins of which one was high
 * @param stayed whether they stayed safe until the operator pressed a key anew
 * @param back when it was driven again
 * @param trace what the pins did until they were safe
 */
record Outcome(
    Fault fault,
    boolean driven,
    Optional<Duration> motorOff,
    Optional<Duration> safe,
    Duration unheld,
    boolean stayed,
    Optional<Duration> back,
    String trace) {
  boolean good() {
    return driven
        && safe.filter(time -> time.compareTo(fault.limit()) <= 0).isPresent()
        && stayed
        && back.isPresent();
  }
}
