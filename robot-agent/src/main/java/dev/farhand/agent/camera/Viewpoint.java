package dev.farhand.agent.camera;

import com.fasterxml.jackson.databind.JsonNode;

/** Where the camera stands and looks: metres and radians in the world's axes. */
record Viewpoint(double x, double y, double heading) {
  /** Longer than telemetry ever takes; what is older than this stands still. */
  private static final double FURTHEST = 0.2;

  /**
   * Where the rover is now, going by its newest telemetry: it comes 30 times a second, so moving on
   * at its speed for that little time makes the picture smooth and hides no delay.
   */
  static Viewpoint now(JsonNode telemetry, long nanos) {
    JsonNode pose = telemetry.path("pose");
    JsonNode speed = telemetry.path("speed");
    double age = nanos / 1e9 - telemetry.path("at").asDouble() / 1e3;
    double seconds = Math.max(0, Math.min(FURTHEST, age));
    double from = pose.path("heading").asDouble();
    double turned = speed.path("angular").asDouble() * seconds;
    double gone = speed.path("linear").asDouble() * seconds;
    // The chord of a short arc points half the turn to the side.
    double along = from + turned / 2;
    return new Viewpoint(
        pose.path("x").asDouble() + gone * Math.cos(along),
        pose.path("y").asDouble() + gone * Math.sin(along),
        from + turned);
  }
}
