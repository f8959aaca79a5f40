package dev.farhand.agent.driver.sim;

import java.util.List;

/**
 * Where the simulated rover lives: a walled yard with boxes and pillars. Metres, REP 103: x forward
 * from the rover's start, y to the left. Immutable.
 *
 * @param west least x inside the walls
 * @param east greatest x inside the walls
 * @param south least y inside the walls
 * @param north greatest y inside the walls
 */
public record World(
    double west, double east, double south, double north, List<Box> boxes, List<Pillar> pillars) {
  /** The demo's yard; the rover starts at its origin and looks along x. */
  public static final World YARD =
      new World(
          -3,
          9,
          -4,
          4,
          List.of(
              new Box(3.4, 1.2, 4.4, 2.2, 0.7, Colour.ORANGE),
              new Box(4.6, -2.6, 5.2, -1.2, 0.5, Colour.BLUE),
              new Box(7.2, 0.6, 8.0, 1.4, 0.9, Colour.RED),
              new Box(-1.6, -3.2, -0.6, -2.4, 0.6, Colour.PURPLE)),
          List.of(
              new Pillar(2.2, -1.6, 0.25, 1.3, Colour.YELLOW),
              new Pillar(6.2, 2.6, 0.3, 1.3, Colour.GREEN),
              new Pillar(-1.8, 2.4, 0.25, 1.3, Colour.TEAL)));

  /** A box that stands on the ground. */
  public record Box(
      double west, double south, double east, double north, double height, Colour colour) {}

  /** A round pillar. */
  public record Pillar(double x, double y, double radius, double height, Colour colour) {}

  /** What an obstacle looks like. */
  public enum Colour {
    RED(0xd64545),
    ORANGE(0xe8893a),
    YELLOW(0xf0c93b),
    GREEN(0x57a55a),
    TEAL(0x2fa8a0),
    BLUE(0x3f7fd0),
    PURPLE(0x8a5bc7);

    private final int rgb;

    Colour(int rgb) {
      this.rgb = rgb;
    }

    /** As 0xRRGGBB. */
    public int rgb() {
      return rgb;
    }
  }
}
