// Show what the chosen kind of item needs: a part of the form names its kinds in data-kinds.
// Empty lines of options wait behind a button. Without script everything is on the page.
const LINES = 4;

export function mount(form) {
  const kind = form.elements.kind;
  const parts = form.querySelectorAll("[data-kinds]");
  const show = () => {
    for (const part of parts) part.hidden = !part.dataset.kinds.split(" ").includes(kind.value);
  };
  kind.addEventListener("change", show);
  show();
  offerLines(form);
}

function offerLines(form) {
  const lines = [...form.querySelectorAll("[data-option]")];
  const isEmpty = (line) => [...line.querySelectorAll("input[type=text]")].every((input) => !input.value);
  const filled = lines.findLastIndex((line) => !isEmpty(line)) + 1;
  lines.slice(Math.max(LINES, filled)).forEach((line) => (line.hidden = true));
  const more = form.querySelector("[data-more]");
  const offer = () => (more.hidden = !lines.some((line) => line.hidden));
  more.addEventListener("click", () => {
    const next = lines.find((line) => line.hidden);
    next.hidden = false;
    next.querySelector(".writing__texts input").focus();
    offer();
  });
  offer();
}
