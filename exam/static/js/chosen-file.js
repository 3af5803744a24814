// A browser words its own button in its own language; ours speaks that of the page.
export function mount(row) {
  const [button, name, input] = [row.querySelector("button"), row.querySelector("[data-none]"), row.querySelector("input")];
  const show = () => (name.textContent = input.files[0]?.name ?? name.dataset.none);
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", show);
  input.addEventListener("focus", () => button.focus());
  input.form.addEventListener("input", show);
  button.setAttribute("aria-describedby", `${input.id}-errors`);
  button.ariaLabel = `${input.labels[0].firstChild.textContent.trim()}: ${button.textContent}`;
  for (const shown of [button, name]) shown.hidden = false;
  input.classList.add("visually-hidden");
  input.tabIndex = -1;
  show();
}
