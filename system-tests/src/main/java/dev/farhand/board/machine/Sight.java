package dev.farhand.board.machine;

/**
 * That the pins have changed, by the board's clock in nanoseconds.
 *
 * @param at when they were seen to be like this
 * @param before when they were seen for the last time not to be
 * @param pins how they are
 */
public record Sight(long at, long before, Pins pins) {}
