package dev.farhand.agent;

import dev.farhand.agent.camera.Camera;
import dev.farhand.agent.camera.Format;
import dev.farhand.agent.camera.Frame;
import java.nio.ByteBuffer;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A picture that changes with each frame, and that counts how often it was asked for. */
final class MovingCamera implements Camera {
  private final AtomicInteger starts = new AtomicInteger();
  private final AtomicInteger stops = new AtomicInteger();
  private @Nullable ScheduledExecutorService thread;
  private int number;

  int starts() {
    return starts.get();
  }

  int stops() {
    return stops.get();
  }

  @Override
  public String name() {
    return "camera";
  }

  @Override
  public Format format() {
    return new Format(320, 240, 30);
  }

  @Override
  public void start(Consumer<Frame> frames) {
    starts.incrementAndGet();
    thread = Executors.newSingleThreadScheduledExecutor();
    var unused = thread.scheduleAtFixedRate(() -> film(frames), 0, 33, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    if (thread != null) {
      stops.incrementAndGet();
      thread.shutdownNow();
      thread = null;
    }
  }

  private void film(Consumer<Frame> frames) {
    number++;
    ByteBuffer y = ByteBuffer.allocateDirect(320 * 240);
    while (y.hasRemaining()) {
      y.put((byte) (40 + (number * 8 + y.position() / 320) % 160));
    }
    y.flip();
    ByteBuffer u = ByteBuffer.allocateDirect(160 * 120);
    ByteBuffer v = ByteBuffer.allocateDirect(160 * 120);
    frames.accept(new Frame(320, 240, y, u, v, System.nanoTime()));
  }
}
