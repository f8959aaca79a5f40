package dev.farhand.agent.operator;

import dev.farhand.agent.webrtc.Subscription;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Who wants to hear of something. Any thread; told on the operator's loop. */
final class Listeners<T> {
  private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

  private final List<Listener<T>> listeners = new CopyOnWriteArrayList<>();

  Subscription add(Consumer<T> callback) {
    Listener<T> listener = new Listener<>(callback);
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** The same, and it hears what is known by then, unless it has heard something newer. */
  Subscription add(Consumer<T> callback, Executor loop, Supplier<Optional<T>> known) {
    Listener<T> listener = new Listener<>(callback);
    listeners.add(listener);
    loop.execute(
        () -> {
          if (!listener.told && listeners.contains(listener)) {
            known.get().ifPresent(listener::tell);
          }
        });
    return () -> listeners.remove(listener);
  }

  void tell(T value) {
    listeners.forEach(listener -> listener.tell(value));
  }

  /** One of its own for each time that a callback was added. Confined to the loop. */
  private static final class Listener<T> {
    private final Consumer<T> callback;
    private boolean told;

    Listener(Consumer<T> callback) {
      this.callback = callback;
    }

    /** One that throws must not cost the others theirs, nor the connection its life. */
    void tell(T value) {
      told = true;
      try {
        callback.accept(value);
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "The program's own callback failed", e);
      }
    }
  }
}
