package dev.farhand.agent.camera;

import java.util.function.Consumer;

/**
 * A source of pictures. One capture serves all sessions: it is started when the first wants it and
 * stopped after the last; before and after that, nothing runs. {@link #start} and {@link #stop} are
 * called on one thread and never block; frames come on the camera's own.
 */
public interface Camera {
  /** The name under which operators see it. */
  String name();

  /** Size and pace of the pictures. */
  Format format();

  /**
   * Begins to take pictures. Does nothing if it has begun.
   *
   * @param frames takes each picture on the camera's thread; a slow one makes it drop pictures, one
   *     that throws ends the capture
   */
  void start(Consumer<Frame> frames);

  /** Takes no more pictures; one may still be on its way. Does nothing if not started. */
  void stop();
}
