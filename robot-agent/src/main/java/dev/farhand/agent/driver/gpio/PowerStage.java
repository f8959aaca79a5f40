package dev.farhand.agent.driver.gpio;

import java.util.List;

/** A motor's pins, and what has to be on them. The driver's thread. */
interface PowerStage {
  /** Runs the motor: -1 to 1, not 0. */
  void run(double power);

  void coast(Attempts attempts);

  /** Not for all: {@link MotorSettings} asks it only of those that can. */
  default void brake(Attempts attempts) {
    coast(attempts);
  }

  /** All pins low: nobody looks after them from here on. */
  default void off(Attempts attempts) {
    coast(attempts);
  }

  /** A brake of which one pin fails would drive the motor, and at full speed. */
  private static void brakeOrCoast(PowerStage stage, Attempts attempts, Output... pins) {
    attempts.attempt(
        () -> {
          try {
            List.of(pins).forEach(pin -> pin.set(1));
          } catch (RuntimeException | Error e) {
            stage.coast(attempts);
            throw e;
          }
        });
  }

  static PowerStage open(Bridge bridge, Board board) {
    if (bridge instanceof Bridge.Inputs inputs) {
      return new Inputs(
          board.output(inputs.speed()), board.output(inputs.in1()), board.output(inputs.in2()));
    } else if (bridge instanceof Bridge.PulsedInputs inputs) {
      return new PulsedInputs(board.output(inputs.in1()), board.output(inputs.in2()));
    } else if (bridge instanceof Bridge.Phase phase) {
      return new Phase(board.output(phase.speed()), board.output(phase.phase()));
    }
    Bridge.Controller controller = (Bridge.Controller) bridge;
    return new Controller(board.output(controller.pulse()), controller.of());
  }

  /**
   * L298 data sheet, the table beside figure 6; TB6612FNG data sheet, "H-SW control function". The
   * speed is 0 while the direction changes.
   */
  final class Inputs implements PowerStage {
    private final Output speed;
    private final Output in1;
    private final Output in2;
    private double direction;

    Inputs(Output speed, Output in1, Output in2) {
      this.speed = speed;
      this.in1 = in1;
      this.in2 = in2;
    }

    @Override
    public void run(double power) {
      if (Math.signum(power) != direction) {
        speed.set(0);
        in1.set(power > 0 ? 1 : 0);
        in2.set(power > 0 ? 0 : 1);
        direction = Math.signum(power);
      }
      speed.set(Math.abs(power));
    }

    @Override
    public void coast(Attempts attempts) {
      direction = 0;
      attempts.attempt(() -> speed.set(0));
      attempts.attempt(() -> in1.set(0));
      attempts.attempt(() -> in2.set(0));
    }

    @Override
    public void brake(Attempts attempts) {
      direction = 0;
      brakeOrCoast(this, attempts, in1, in2, speed);
    }
  }

  /** DRV8833 data sheet, table 2, with fast decay. */
  final class PulsedInputs implements PowerStage {
    private final Output in1;
    private final Output in2;

    PulsedInputs(Output in1, Output in2) {
      this.in1 = in1;
      this.in2 = in2;
    }

    @Override
    public void run(double power) {
      (power > 0 ? in2 : in1).set(0);
      (power > 0 ? in1 : in2).set(Math.abs(power));
    }

    @Override
    public void coast(Attempts attempts) {
      attempts.attempt(() -> in1.set(0));
      attempts.attempt(() -> in2.set(0));
    }

    @Override
    public void brake(Attempts attempts) {
      brakeOrCoast(this, attempts, in1, in2);
    }
  }

  /** DRV8835 data sheet, table 3. */
  final class Phase implements PowerStage {
    private final Output speed;
    private final Output phase;
    private double direction;

    Phase(Output speed, Output phase) {
      this.speed = speed;
      this.phase = phase;
    }

    @Override
    public void run(double power) {
      if (Math.signum(power) != direction) {
        speed.set(0);
        phase.set(power > 0 ? 1 : 0);
        direction = Math.signum(power);
      }
      speed.set(Math.abs(power));
    }

    @Override
    public void coast(Attempts attempts) {
      direction = 0;
      attempts.attempt(() -> speed.set(0));
      attempts.attempt(() -> phase.set(0));
    }
  }

  /** A speed controller: it has to hear "neutral" all the time, else it will not start. */
  final class Controller implements PowerStage {
    private final Output output;
    private final Pulse pulse;

    Controller(Output output, Pulse pulse) {
      this.output = output;
      this.pulse = pulse;
    }

    @Override
    public void run(double power) {
      output.set(pulse.of(power));
    }

    @Override
    public void coast(Attempts attempts) {
      attempts.attempt(() -> output.set(pulse.of(0)));
    }

    @Override
    public void off(Attempts attempts) {
      attempts.attempt(() -> output.set(0));
    }
  }
}
