// Answers on their way. Each is kept in this browser until the server has given a receipt for it;
// the server decides what counts, this list only never forgets.
const PATIENCE = 10_000;
const PAUSES = [1_000, 2_000, 4_000, 8_000, 15_000];
const MOST = 100;
const OVER = new Set(["already_closed", "already_submitted", "time_over"]);
const FOREIGN = new Set(["not_yours", "other_terminal"]);

// tell({waiting, lost}) after every change, time(seconds) with each answer of the server,
// ended("over" | "foreign") when no further answer is taken.
export function openOutbox({ attempt, nextSeq, address, tell, time, ended }) {
  const shelf = openShelf(attempt);
  let waiting = shelf.read();
  let sending = false;
  let lost = false;
  let failures = 0;
  let atOnce = MOST;
  let shut = false;
  let retry;

  const changed = () => {
    shelf.write(waiting);
    tell({ waiting, lost });
  };

  const put = (position, response) => {
    waiting.push([shelf.nextSeq(nextSeq, waiting), position, response]);
    changed();
    send();
  };

  const send = async () => {
    if (sending || shut || !waiting.length) return;
    clearTimeout(retry);
    sending = true;
    const steps = waiting.slice(0, atOnce);
    const reply = await post(address, { attempt, steps });
    sending = false;
    if (reply) settle(reply, steps);
    else later();
  };

  const later = () => {
    lost = true;
    changed();
    retry = setTimeout(send, PAUSES[Math.min(failures, PAUSES.length - 1)]);
    failures += 1;
  };

  const settle = ({ status, told }, steps) => {
    lost = false;
    failures = 0;
    if (status === 401) return stop("foreign");
    if (!told.saved) return malformed(steps);
    drop(told.saved.map(([seq]) => seq));
    if (told.seconds_left > 0) time(told.seconds_left);
    for (const [seq, code] of told.refused) refused(seq, code);
    changed();
    if (told.refused.some(([, code]) => FOREIGN.has(code))) return stop("foreign");
    if (told.refused.some(([, code]) => OVER.has(code))) return stop("over");
    const again = told.refused.some(([, code]) => code === "try_again");
    if (again) retry = setTimeout(send, PAUSES[0]);
    else send();
  };

  // One step that the server cannot read must not hold back the others.
  const malformed = (steps) => {
    if (steps.length === 1) drop([steps[0][0]]);
    atOnce = steps.length === 1 ? MOST : 1;
    changed();
    send();
  };

  const refused = (seq, code) => {
    if (code === "no_such_question") drop([seq]);
    if (code !== "conflict") return;
    const [, position, response] = waiting.find(([number]) => number === seq);
    drop([seq]);
    const newer = waiting.some(([, place]) => place === position);
    if (!newer) waiting.push([shelf.nextSeq(nextSeq, waiting), position, response]);
  };

  const drop = (seqs) => {
    const gone = new Set(seqs);
    waiting = waiting.filter(([seq]) => !gone.has(seq));
  };

  const stop = (why) => {
    shut = true;
    ended(why);
  };

  window.addEventListener("online", send);
  window.addEventListener("offline", () => waiting.length || ((lost = true), changed()));
  return {
    put,
    send,
    clear: () => shelf.clear(),
    found: () => ((lost = false), changed()),
    lose: () => ((lost = true), changed()),
    halt: () => (shut = true),
    get waiting() {
      return waiting;
    },
    get empty() {
      return waiting.length === 0;
    },
    start: () => (changed(), send()),
  };
}

// Any answer with JSON counts as an answer of the server; everything else is a lost connection.
async function post(address, body) {
  try {
    const reply = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Synaq": "save" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (reply.status >= 500 || reply.status === 408 || reply.status === 429) return null;
    return { status: reply.status, told: await reply.json() };
  } catch {
    return null;
  }
}

// Where unsent answers outlive a reload. Without storage the page still works, in memory alone.
function openShelf(attempt) {
  const mine = `synaq/${attempt}/`;
  const attempted = (act, otherwise) => {
    try {
      return act();
    } catch {
      return otherwise;
    }
  };
  let last = 0;
  attempted(() => {
    const names = Object.keys(localStorage).filter((name) => name.startsWith("synaq/") && !name.startsWith(mine));
    names.forEach((name) => localStorage.removeItem(name));
  });
  return {
    read: () => attempted(() => JSON.parse(localStorage.getItem(`${mine}outbox`)) ?? [], []),
    write: (waiting) => attempted(() => localStorage.setItem(`${mine}outbox`, JSON.stringify(waiting))),
    nextSeq(least, waiting) {
      const kept = attempted(() => Number(localStorage.getItem(`${mine}last`)), 0);
      last = Math.max(least - 1, last, kept, ...waiting.map(([seq]) => seq)) + 1;
      attempted(() => localStorage.setItem(`${mine}last`, String(last)));
      return last;
    },
    clear: () =>
      attempted(() => ["outbox", "last", "flags"].forEach((name) => localStorage.removeItem(mine + name))),
  };
}
