// A chosen picture is kept at once, so that the preview shows it and no later fault loses it.
export function mount(form) {
  const chosen = form.querySelector("input[type=file]");
  const faults = document.getElementById(`${chosen.id}-errors`);

  chosen.addEventListener("change", async () => {
    if (!chosen.files.length) return;
    const sent = new FormData();
    sent.append("csrf_token", form.elements.csrf_token.value);
    sent.append(chosen.name, chosen.files[0]);
    const reply = await fetch(form.dataset.picture, { method: "POST", body: sent }).catch(() => null);
    const told = await reply?.json().catch(() => null);
    if (!told) return; // the file goes with the form
    faults.replaceChildren();
    if (told.image) {
      form.elements.image.value = told.image;
      form.elements.without_picture.checked = false;
    } else {
      chosen.value = "";
      const line = document.createElement("li");
      line.textContent = told.fault;
      faults.append(line);
    }
    form.dispatchEvent(new Event("input"));
  });
}
