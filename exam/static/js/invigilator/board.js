// The board is loaded anew every few seconds. It stays still while somebody uses the keyboard on it.
const EVERY = 10_000;

export function mount(board) {
  let shown = board;
  setInterval(async () => {
    if (document.hidden || shown.contains(document.activeElement)) return;
    const newer = await fetched();
    if (!newer) return;
    shown.replaceWith(newer);
    shown = newer;
  }, EVERY);
}

async function fetched() {
  try {
    const reply = await fetch(location.pathname, { signal: AbortSignal.timeout(EVERY / 2) });
    if (!reply.ok) return null;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    return page.querySelector("[data-module='invigilator/board']");
  } catch {
    return null;
  }
}
