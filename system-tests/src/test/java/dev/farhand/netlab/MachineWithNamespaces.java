package dev.farhand.netlab;

import dev.farhand.netlab.net.Internet;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs where network namespaces can be made; elsewhere says loudly that it was left out. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MachineWithNamespaces.Condition.class)
public @interface MachineWithNamespaces {
  /** Aborts, so that the test counts as left out and not as passed. */
  final class Condition implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      Internet.lacking()
          .ifPresent(
              lacking ->
                  LeftOut.because(context.getDisplayName() + " needs network namespaces", lacking));
    }
  }
}
