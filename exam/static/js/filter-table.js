// Narrow a table that stands whole on the page while one types. Long tables are filtered by the server.
export function mount(field) {
  const table = document.getElementById(field.getAttribute("aria-controls"));
  const count = document.getElementById(field.dataset.count);
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  const folded = (text) => text.toLocaleLowerCase(document.documentElement.lang);

  field.addEventListener("input", () => {
    const wanted = folded(field.value.trim());
    for (const row of rows) row.hidden = !folded(row.textContent).includes(wanted);
    if (count) count.textContent = rows.filter((row) => !row.hidden).length;
  });
}
