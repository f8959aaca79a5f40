package dev.farhand.agent.driver.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoverTest {
  private static final World EMPTY = new World(-100, 100, -100, 100, List.of(), List.of());

  @Test
  void it_gathers_speed_and_never_exceeds_what_is_wanted() {
    Rover rover = new Rover(EMPTY);
    rover.want(1, 0);
    rover.advance(0.1);
    assertThat(rover.linear()).isBetween(0.05, 0.3);
    pass(rover, 3);
    assertThat(rover.linear()).isCloseTo(1, within(0.01));
    assertThat(rover.x()).isBetween(2.0, 3.0);
    assertThat(rover.y()).isZero();
  }

  @Test
  void it_turns_to_the_left_for_positive_speeds() {
    Rover rover = new Rover(EMPTY);
    rover.want(0, 1);
    pass(rover, 1);
    assertThat(rover.heading()).isBetween(0.5, 1.0);
    rover.want(0, -1);
    pass(rover, 3);
    assertThat(rover.heading()).isNegative();
    assertThat(rover.x()).isZero();
  }

  @Test
  void it_stops_within_30_cm_of_full_speed() {
    Rover rover = new Rover(EMPTY);
    rover.want(1, 0);
    pass(rover, 3);
    double from = rover.x();
    rover.want(0, 0);
    pass(rover, 1);
    assertThat(rover.linear()).isZero();
    assertThat(rover.x() - from).isBetween(0.05, 0.3);
  }

  @Test
  void a_wall_stops_it() {
    Rover rover = new Rover(World.YARD);
    rover.want(-1, 0);
    pass(rover, 10);
    assertThat(rover.x()).isCloseTo(World.YARD.west() + Rover.RADIUS, within(0.001));
    assertThat(rover.linear()).isCloseTo(0, within(0.05));
  }

  @Test
  void it_slides_along_a_wall_that_it_meets_at_an_angle() {
    Rover rover = new Rover(new World(-1, 50, -1, 1, List.of(), List.of()));
    rover.want(0, 0.5);
    pass(rover, 1);
    rover.want(1, 0);
    pass(rover, 10);
    assertThat(rover.y()).isCloseTo(1 - Rover.RADIUS, within(0.001));
    assertThat(rover.x()).isGreaterThan(3);
  }

  @Test
  void boxes_and_pillars_are_solid_from_every_side() {
    World.Box box = new World.Box(2, -0.5, 3, 0.5, 1, World.Colour.RED);
    World.Pillar pillar = new World.Pillar(-3, 0, 0.5, 1, World.Colour.RED);
    for (double turn = -0.3; turn <= 0.3; turn += 0.05) {
      Rover rover = new Rover(new World(-9, 9, -9, 9, List.of(box), List.of(pillar)));
      rover.want(0, turn);
      pass(rover, 1);
      for (double speed : new double[] {1, -1}) {
        rover.want(speed, 0);
        for (int i = 0; i < 500; i++) {
          pass(rover, 0.02);
          double toBox =
              Math.hypot(
                  Math.max(0, Math.max(box.west() - rover.x(), rover.x() - box.east())),
                  Math.max(0, Math.max(box.south() - rover.y(), rover.y() - box.north())));
          assertThat(toBox).isGreaterThan(Rover.RADIUS - 0.001);
          assertThat(Math.hypot(rover.x() + 3, rover.y()))
              .isGreaterThan(pillar.radius() + Rover.RADIUS - 0.001);
        }
      }
    }
  }

  @Test
  void the_way_does_not_depend_on_how_often_it_is_asked() {
    Rover often = new Rover(World.YARD);
    Rover seldom = new Rover(World.YARD);
    often.want(0.8, 0.3);
    seldom.want(0.8, 0.3);
    for (int i = 0; i < 3000; i++) {
      often.advance(0.001);
    }
    for (int i = 0; i < 20; i++) {
      seldom.advance(0.15);
    }
    assertThat(often.x()).isCloseTo(seldom.x(), within(0.01));
    assertThat(often.y()).isCloseTo(seldom.y(), within(0.01));
  }

  @Test
  void after_a_pause_of_the_process_it_stands_where_it_was() {
    Rover rover = new Rover(EMPTY);
    rover.want(1, 0);
    pass(rover, 3);
    double from = rover.x();
    rover.advance(10);
    assertThat(rover.x()).isEqualTo(from);
    assertThat(rover.linear()).isZero();
  }

  @Test
  void driving_drains_the_battery_and_the_dock_charges_it() {
    Rover rover = new Rover(EMPTY);
    rover.want(0, 1);
    pass(rover, 60);
    double used = rover.battery();
    assertThat(used).isBetween(0.9, 0.999);
    rover.want(0, 0);
    pass(rover, 10);
    assertThat(rover.battery()).isGreaterThan(used);
  }

  private static void pass(Rover rover, double seconds) {
    for (int i = 0; i < Math.round(seconds * 100); i++) {
      rover.advance(0.01);
    }
  }
}
