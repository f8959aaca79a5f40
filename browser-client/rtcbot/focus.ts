/** Whether what is typed belongs to this element. */
export function takesText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement ||
      (target instanceof HTMLInputElement &&
        !["button", "checkbox", "radio", "range", "submit"].includes(target.type)))
  );
}

/** Whether the keyboard operates this element: the space bar presses it, arrows move it. */
export function takesKeys(target: EventTarget | null): boolean {
  return (
    takesText(target) ||
    (target instanceof HTMLElement &&
      target.closest("a[href], button, input, summary, video[controls], audio[controls]") !== null)
  );
}
