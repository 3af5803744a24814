// Without script the button would do nothing, so it is shown only now.
export function mount(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
