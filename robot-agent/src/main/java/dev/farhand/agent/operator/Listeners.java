package dev.farhand.agent.operator;

import dev.farhand.agent.webrtc.Subscription;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who wants to hear of something. Any thread; told on the operator's loop. */
final class Listeners<T> {
  private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

  private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();

  Subscription add(Consumer<T> listener) {
    // A wrapper of its own, so that the same one may be added twice and undone once.
    Consumer<T> entry = value -> listener.accept(value);
    listeners.add(entry);
    return () -> listeners.remove(entry);
  }

  /** One that throws must not cost the others theirs, nor the connection its life. */
  void tell(T value) {
    for (Consumer<T> listener : listeners) {
      try {
        listener.accept(value);
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "The program's own callback failed", e);
      }
    }
  }
}
