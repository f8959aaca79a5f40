package dev.farhand.agent.operator;

import dev.farhand.protocol.ChannelMessage.State;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Who waits for what they asked of the robot: a state shows that it was done, a refusal that it was
 * not. Confined to the operator's loop.
 */
final class Answers {
  private final List<Asked> asked = new ArrayList<>();

  private record Asked(String what, Predicate<State> done, CompletableFuture<Void> answer) {}

  /**
   * @param what the type of the message that asks
   */
  void await(String what, Predicate<State> done, CompletableFuture<Void> answer) {
    asked.add(new Asked(what, done, answer));
  }

  /** Whether somebody waits for an answer to this. */
  boolean awaits(String what) {
    return asked.stream().anyMatch(one -> one.what().equals(what));
  }

  void told(State state) {
    take(one -> one.done().test(state), answer -> answer.complete(null));
  }

  void refused(String what, OperatorException refusal) {
    take(one -> one.what().equals(what), answer -> answer.completeExceptionally(refusal));
  }

  /** Nothing will come any more. */
  void ended(OperatorException reason) {
    take(one -> true, answer -> answer.completeExceptionally(reason));
  }

  private void take(Predicate<Asked> which, Consumer<CompletableFuture<Void>> settle) {
    List<CompletableFuture<Void>> taken = new ArrayList<>();
    for (Iterator<Asked> all = asked.iterator(); all.hasNext(); ) {
      Asked one = all.next();
      if (which.test(one)) {
        all.remove();
        taken.add(one.answer());
      }
    }
    // Whoever hears it may ask for the next thing.
    taken.forEach(settle);
  }
}
