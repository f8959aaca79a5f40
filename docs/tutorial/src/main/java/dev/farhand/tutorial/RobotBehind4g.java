package dev.farhand.tutorial;

import dev.farhand.agent.Robot;
import dev.farhand.agent.camera.Format;
import dev.farhand.agent.camera.TestCamera;

/** Step 7: a robot that nobody can reach from outside, driven through a signaling server. */
public final class RobotBehind4g {
  private RobotBehind4g() {}

  public static void main(String[] arguments) {
    String server = arguments.length > 0 ? arguments[0] : "ws://localhost:8080";
    String id = arguments.length > 1 ? arguments[1] : "rover1";
    Robot.Builder builder =
        Robot.builder()
            .server(server)
            .id(id)
            .driver(TwoWheels.class)
            .camera(new TestCamera("front", Format.VGA))
            .onMessage((operator, message) -> System.out.println("Got message: " + message));
    String token = System.getenv("FARHAND_TOKEN");
    if (token != null) {
      builder.token(token);
    }

    Robot robot = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(robot::close));
    robot.registered().join();
    System.out.println("Open " + server.replaceFirst("^ws", "http") + "/r/" + id);
    System.out.println("The robot has ended: " + robot.ended().join());
  }
}
