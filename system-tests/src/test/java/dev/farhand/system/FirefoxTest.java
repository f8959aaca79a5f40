package dev.farhand.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** That the tests see in Firefox what a person would. */
class FirefoxTest {
  @Test
  void a_page_is_clicked_typed_into_listened_to_and_asked() {
    try (Firefox firefox = Firefox.start()) {
      FirefoxPage page =
          firefox.open(
              "data:text/html,<input id=in><button id=b onclick='console.log(\"clicked\","
                  + " {in: document.querySelector(\"input\").value})'>Click me</button>");
      page.click("#in");
      page.type("wasd");
      page.click("#b");
      page.awaitConsole("clicked {in: wasd}");
      assertThat(page.evaluate("new Promise(done => setTimeout(done, 1, [1, 'a']))").toString())
          .isEqualTo("[1,\"a\"]");
      assertThatThrownBy(() -> page.evaluate("Promise.reject(new Error('no'))"))
          .hasMessageContaining("no");
    }
  }
}
