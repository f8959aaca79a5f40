package dev.farhand.agent.driver.serial;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/**
 * Frames of a {@link Layout}. With a start byte, a frame counts once it has shown that it is one:
 * it follows another or a silence, or a start byte or a silence follows it. Without one, only a
 * silence tells where a frame begins.
 */
final class FrameDecoder implements Decoder {
  private final Layout layout;
  private final byte[] waiting;
  private int length;

  /** Whether what waits begins where a frame ended. */
  private boolean inStep;

  FrameDecoder(Layout layout) {
    this.layout = layout;
    this.waiting = new byte[layout.size() + 1];
    this.inStep = layout.startByte().isEmpty();
  }

  @Override
  public void take(byte[] bytes, int count, Consumer<JsonNode> values) {
    for (int i = 0; i < count; i++) {
      waiting[length++] = bytes[i];
      if (!startsAt(0)) {
        inStep = false;
        resume();
      } else if (length == layout.size() && inStep) {
        values.accept(layout.read(waiting, 0));
        drop(layout.size());
      } else if (length > layout.size()) {
        if (startsAt(layout.size())) {
          values.accept(layout.read(waiting, 0));
          drop(layout.size());
          inStep = true;
        } else {
          resume();
        }
      }
    }
  }

  @Override
  public void silence(Consumer<JsonNode> values) {
    if (length == layout.size()) {
      values.accept(layout.read(waiting, 0));
    }
    length = 0;
    inStep = true;
  }

  /** On to the next byte that may be a start. */
  private void resume() {
    int from = 1;
    while (from < length && !startsAt(from)) {
      from++;
    }
    drop(from);
  }

  private boolean startsAt(int at) {
    return layout.startByte().isEmpty() || (waiting[at] & 0xff) == layout.startByte().getAsInt();
  }

  private void drop(int count) {
    System.arraycopy(waiting, count, waiting, 0, length - count);
    length -= count;
  }
}
