// Handing a part in: by hand after a question that names what is open, by itself when time is over.
// The form is sent only when the server can be reached, so that a lost connection shows no error page.
const LOST = 2_000;
const LAST_ANSWERS = 4_000;

export function openHandingIn({ outbox, clockAddress, openQuestions, flagged, show, time }) {
  const asking = document.querySelector("[data-dialog='hand-in']");
  const form = asking.querySelector("[data-submit]");
  const confirm = form.querySelector("[data-confirm]");
  let sent = false;

  const ask = () => {
    describe();
    asking.showModal();
  };
  const describe = () => {
    const open = openQuestions();
    fill("open-count", open.length);
    fill("open-list", open.length ? `(№ ${open.slice(0, 12).join(", ")}${open.length > 12 ? ", …" : ""})` : "");
    reveal("some-open", open.length > 0);
    reveal("none-open", open.length === 0);
    fill("flagged-count", flagged());
    reveal("some-flagged", flagged() > 0);
    fill("unsent-count", outbox.waiting.length);
    reveal("some-unsent", !outbox.empty);
    confirm.disabled = !outbox.empty || sent;
  };
  const fill = (name, words) => (form.querySelector(`[data-${name}]`).textContent = words);
  const reveal = (name, shown) => (form.querySelector(`[data-${name}]`).hidden = !shown);

  form.querySelector("[data-back]").addEventListener("click", () => asking.close());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (outbox.empty) handIn("");
  });

  const handIn = async (automatic) => {
    if (sent) return;
    sent = true;
    confirm.disabled = true;
    const told = await reached();
    if (automatic && !told.over && told.seconds_left > 0) {
      sent = false;
      return time(told.seconds_left);
    }
    form.elements.automatic.value = automatic;
    if (outbox.empty) outbox.clear();
    form.submit();
  };

  const reached = async () => {
    for (;;) {
      const told = await askClock(clockAddress);
      if (told) return told;
      outbox.lose();
      await pause(LOST);
    }
  };

  const timeIsOver = async () => {
    if (asking.open) asking.close();
    const until = performance.now() + LAST_ANSWERS;
    while (!outbox.empty && performance.now() < until) {
      outbox.send();
      await pause(200);
    }
    handIn("yes");
  };

  return { ask, describe: () => asking.open && describe(), timeIsOver: () => (show("time-over"), timeIsOver()) };
}

export async function askClock(address) {
  try {
    const reply = await fetch(address, { signal: AbortSignal.timeout(5_000) });
    return reply.ok ? await reply.json() : null;
  } catch {
    return null;
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
