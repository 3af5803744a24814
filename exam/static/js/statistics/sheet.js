// Enter goes down, as on paper; the sum of the sheet follows what is typed. Sending is the button's.
export function mount(sheet) {
  const cells = [...sheet.querySelectorAll("[data-percent]")];
  const sum = sheet.querySelector("[data-sum]");
  const told = () => {
    const points = cells.reduce((total, cell) => total + (Number(cell.value) || 0) * Number(cell.dataset.points), 0) / 100;
    sum.textContent = points.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
  };
  cells.forEach((cell, place) => {
    cell.addEventListener("input", told);
    cell.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const next = cells[place + 1];
      if (next) {
        next.focus();
        next.select();
      } else {
        sheet.querySelector("button[type=submit]").focus();
      }
    });
  });
  sheet.querySelector("[data-sum-line]").hidden = false;
  told();
}
