// All questions at a glance. A mark is a shape and a word, never a colour alone.
export function openNavigator(nav, go) {
  const buttons = [...nav.querySelectorAll("[data-go]")];
  const count = nav.querySelector("[data-count]");
  buttons.forEach((button, index) => button.addEventListener("click", () => go(index)));

  const mark = (states) => {
    states.forEach(({ answered, flagged, unsent }, index) => {
      const button = buttons[index];
      button.toggleAttribute("data-answered", answered);
      button.toggleAttribute("data-flagged", flagged);
      button.toggleAttribute("data-unsent", unsent);
      const words = [answered ? nav.dataset.answered : nav.dataset.unanswered];
      if (flagged) words.push(nav.dataset.flagged);
      if (unsent) words.push(nav.dataset.unsent);
      button.setAttribute("aria-label", `${index + 1}: ${words.join(", ")}`);
    });
    count.textContent = states.filter(({ answered }) => answered).length;
  };
  const here = (current) => {
    buttons.forEach((button, index) =>
      index === current ? button.setAttribute("aria-current", "step") : button.removeAttribute("aria-current"),
    );
  };
  return { mark, here };
}
