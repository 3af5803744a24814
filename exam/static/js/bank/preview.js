// Ask the server how the item looks to a candidate, a moment after the last key.
const PAUSE = 500;

export function mount(form) {
  const place = form.querySelector("[data-preview-place]");
  let waiting = 0;
  let asked = 0;

  const ask = async () => {
    const mine = ++asked;
    const sent = new FormData(form);
    sent.delete("picture"); // it is kept already and named by another field
    const reply = await fetch(form.dataset.preview, { method: "POST", body: sent }).catch(() => null);
    if (!reply?.ok || mine !== asked) return;
    const shown = new DOMParser().parseFromString(await reply.text(), "text/html");
    place.replaceChildren(...shown.body.childNodes);
    for (const control of place.querySelectorAll("input, select")) control.removeAttribute("name");
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  ask();
}
