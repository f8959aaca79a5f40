package dev.farhand.agent.driver.sim;

/**
 * A round rover with two driven wheels: it follows the wanted speeds with a lag, within limits of
 * acceleration, and slides along what it hits. Time is handed in, so its motion doesn't depend on
 * when it is asked. One thread.
 */
final class Rover {
  static final double RADIUS = 0.22;

  private static final double STEP = 0.004;
  private static final double LAG = 0.1;
  private static final double ACCELERATION = 1.8;
  private static final double BRAKING = 4;
  private static final double ANGULAR_ACCELERATION = 9;

  /** A process that stood still for longer finds its rover at rest where it left it. */
  private static final double LONGEST_GAP = 0.2;

  private static final double IDLE_DRAIN = 1.0 / (8 * 3600);
  private static final double DRIVING_DRAIN = 1.0 / 1800;
  private static final double CHARGING = 1.0 / 60;
  private static final double DOCK = 0.5;

  private final World world;
  private double x;
  private double y;
  private double heading;
  private double linear;
  private double angular;
  private double wantedLinear;
  private double wantedAngular;
  private double battery = 1;
  private double owed;

  Rover(World world) {
    this.world = world;
  }

  /** What the wheels are told: m/s forward, rad/s to the left. */
  void want(double linear, double angular) {
    wantedLinear = linear;
    wantedAngular = angular;
  }

  /** Lets so many seconds pass. */
  void advance(double seconds) {
    if (seconds > LONGEST_GAP) {
      linear = 0;
      angular = 0;
      return;
    }
    owed += seconds;
    while (owed >= STEP) {
      owed -= STEP;
      step();
    }
  }

  private void step() {
    boolean slowing = Math.abs(wantedLinear) < Math.abs(linear) || wantedLinear * linear < 0;
    linear = towards(linear, wantedLinear, slowing ? BRAKING : ACCELERATION);
    angular = towards(angular, wantedAngular, ANGULAR_ACCELERATION);
    heading = Math.IEEEremainder(heading + angular * STEP, 2 * Math.PI);
    double fromX = x;
    double fromY = y;
    x += linear * Math.cos(heading) * STEP;
    y += linear * Math.sin(heading) * STEP;
    if (pushOut()) {
      // The share of the way that is left, along the obstacle, is the share of the speed.
      double along = (x - fromX) * Math.cos(heading) + (y - fromY) * Math.sin(heading);
      double share = linear == 0 ? 0 : Math.max(0, along / (linear * STEP));
      double most = share * Math.abs(wantedLinear);
      linear = Math.max(-most, Math.min(most, linear));
    }
    drain();
  }

  private static double towards(double speed, double wanted, double acceleration) {
    double change = (wanted - speed) * Math.min(1, STEP / LAG);
    double most = acceleration * STEP;
    double next = speed + Math.max(-most, Math.min(most, change));
    return wanted == 0 && Math.abs(next) < 0.002 ? 0 : next;
  }

  private boolean pushOut() {
    double freeX = x;
    double freeY = y;
    x = Math.max(world.west() + RADIUS, Math.min(world.east() - RADIUS, x));
    y = Math.max(world.south() + RADIUS, Math.min(world.north() - RADIUS, y));
    for (World.Box box : world.boxes()) {
      double nearX = Math.max(box.west(), Math.min(box.east(), x));
      double nearY = Math.max(box.south(), Math.min(box.north(), y));
      pushFrom(nearX, nearY, RADIUS);
    }
    for (World.Pillar pillar : world.pillars()) {
      pushFrom(pillar.x(), pillar.y(), RADIUS + pillar.radius());
    }
    return x != freeX || y != freeY;
  }

  private void pushFrom(double nearX, double nearY, double distance) {
    double dx = x - nearX;
    double dy = y - nearY;
    double length = Math.hypot(dx, dy);
    // A step is a few millimetres: the centre never gets inside.
    if (length < distance && length > 0) {
      x = nearX + dx / length * distance;
      y = nearY + dy / length * distance;
    }
  }

  private void drain() {
    double effort = Math.abs(linear) + 0.3 * Math.abs(angular);
    boolean docked = effort == 0 && Math.hypot(x, y) < DOCK;
    double change = docked ? CHARGING : -IDLE_DRAIN - effort * DRIVING_DRAIN;
    battery = Math.max(0, Math.min(1, battery + change * STEP));
  }

  double x() {
    return x;
  }

  double y() {
    return y;
  }

  double heading() {
    return heading;
  }

  double linear() {
    return linear;
  }

  double angular() {
    return angular;
  }

  double battery() {
    return battery;
  }
}
