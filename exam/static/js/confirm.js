// A <details> that asks once. Works without script; with it, Escape and "Cancel" close it,
// the focus goes where the decision is, and a second click sends nothing.
export function mount(details) {
  const asking = details.querySelector("summary");
  const cancel = details.querySelector("[data-cancel]");
  const close = () => {
    details.open = false;
    asking.focus();
  };

  cancel.hidden = false;
  cancel.addEventListener("click", close);
  details.addEventListener("toggle", () => details.open && cancel.focus());
  details.addEventListener("keydown", (event) => event.key === "Escape" && close());
  details.querySelector("form").addEventListener("submit", (event) => {
    event.submitter?.setAttribute("aria-disabled", "true");
    if (details.dataset.sent) event.preventDefault();
    details.dataset.sent = "yes";
  });
}
