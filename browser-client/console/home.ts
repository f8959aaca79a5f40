import { isRobotId, recentRobots } from "./identity.js";
import { element } from "./page.js";

const field = element<HTMLInputElement>("robot-id");
const error = element("robot-id-error");

element<HTMLFormElement>("join").addEventListener("submit", (event) => {
  event.preventDefault();
  const id = field.value.trim();
  if (isRobotId(id)) {
    location.assign(pageOf(id));
  } else {
    error.textContent =
      id === ""
        ? "Type the robot's ID: it is in the robot's settings, or on the invitation."
        : "An ID is 1 to 64 letters, digits, dots, dashes or underscores, and begins with a letter or digit.";
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }
});

field.addEventListener("input", () => {
  error.textContent = "";
  field.removeAttribute("aria-invalid");
});

const recent = recentRobots();
element("recent").hidden = recent.length === 0;
element("recent-list").append(
  ...recent.map((id) => {
    const link = document.createElement("a");
    link.href = pageOf(id);
    link.textContent = id;
    const item = document.createElement("li");
    item.append(link);
    return item;
  }),
);

function pageOf(robotId: string): string {
  return `/r/${encodeURIComponent(robotId)}`;
}
