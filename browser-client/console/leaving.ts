import { tokenIn } from "./identity.js";

/** What a page needs of its robot when somebody leaves it, or its network changes. */
interface Left {
  hurry(): void;
  close(): void;
}

/** A page that nobody looks at does not drive: it lets go of everything. */
export function followPage(robot: Left, letGo: () => void): void {
  document.addEventListener("visibilitychange", letGo);
  window.addEventListener("blur", letGo);
  window.addEventListener("pagehide", () => {
    letGo();
    robot.close();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      location.reload();
    }
  });
  window.addEventListener("online", () => robot.hurry());
  // From Wi-Fi to 4G and back, where the browser tells (Network Information API).
  (navigator as { connection?: EventTarget }).connection?.addEventListener("change", () =>
    robot.hurry(),
  );
  window.addEventListener("hashchange", () => {
    // An invitation opened in this tab.
    if (tokenIn(location.hash) !== null) {
      location.reload();
    }
  });
}
