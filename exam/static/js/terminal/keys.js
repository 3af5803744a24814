// The keyboard: letters or digits choose, left and right move between questions, up and down between
// options, F flags. Keys are taken by their place on the board, so every layout works.
export function listenToKeys({ move, flag, choose, step, asleep }) {
  document.addEventListener("keydown", (event) => {
    if (asleep() || event.ctrlKey || event.altKey || event.metaKey) return;
    const act = actOf(event);
    if (!act) return;
    event.preventDefault();
    act();
  });

  const actOf = (event) => {
    const writing = event.target.matches("input:not([type=radio], [type=checkbox]), select, textarea");
    if (writing) return null;
    if (event.code === "ArrowRight") return () => move(1);
    if (event.code === "ArrowLeft") return () => move(-1);
    if (event.code === "ArrowDown") return () => step(1);
    if (event.code === "ArrowUp") return () => step(-1);
    if (event.code === "KeyF") return event.repeat ? null : flag;
    const place = placeOf(event.code);
    return place === null || event.repeat ? null : () => choose(place);
  };
}

function placeOf(code) {
  const digit = code.match(/^(?:Digit|Numpad)([1-9])$/);
  if (digit) return Number(digit[1]) - 1;
  const letter = code.match(/^Key([A-Z])$/);
  return letter ? letter[1].charCodeAt(0) - 65 : null;
}
