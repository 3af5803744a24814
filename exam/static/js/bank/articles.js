// Of all acts show only the articles of the one that is chosen.
export function mount(form) {
  const act = form.elements.act;
  const lists = form.querySelectorAll("[data-act]");
  const show = () => lists.forEach((list) => (list.hidden = list.dataset.act !== act.value));
  act.addEventListener("change", show);
  show();
}
