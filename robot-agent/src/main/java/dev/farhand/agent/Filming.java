package dev.farhand.agent;

import dev.farhand.agent.camera.Camera;
import dev.farhand.agent.camera.Frame;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * One capture for all sessions. It runs while somebody is there and a few seconds longer, since a
 * page that is reloaded is back at once; and for the same few seconds at the start, so that the
 * first operator need not wait for a camera that was never opened. Confined to the agent's loop.
 */
final class Filming {
  /** Checks, a second apart, that find nobody. */
  private static final int LINGER = 5;

  private final Optional<Camera> camera;
  private final Consumer<Frame> frames;
  private final IntSupplier sessions;
  private int nobody;
  private boolean running;

  /**
   * @param frames shows a picture to all sessions; called on the camera's thread
   * @param sessions how many there are
   */
  Filming(Optional<Camera> camera, Consumer<Frame> frames, IntSupplier sessions) {
    this.camera = camera;
    this.frames = frames;
    this.sessions = sessions;
  }

  /** At the start, and when somebody comes. */
  void begin() {
    nobody = 0;
    if (!running) {
      running = true;
      camera.ifPresent(source -> source.start(frames));
    }
  }

  /** To be called every second. */
  void check() {
    nobody = sessions.getAsInt() == 0 ? nobody + 1 : 0;
    if (nobody >= LINGER) {
      end();
    }
  }

  void end() {
    if (running) {
      running = false;
      camera.ifPresent(Camera::stop);
    }
  }
}
