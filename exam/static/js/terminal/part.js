// A part of the test: all its questions stand on the page, one is shown. A choice shows at once and is
// sent in the background; "saved" is said only when the server has given its receipt.
import { askClock, openHandingIn } from "./handing-in.js";
import { listenToKeys } from "./keys.js";
import { openNavigator } from "./navigator.js";
import { openOutbox } from "./outbox.js";
import { read, selects, show, swap } from "./responses.js";
import { startTime } from "./time.js";

const TYPING = 600;
const CLOCK_EVERY = 30_000;
const BAR_STAYS = 20_000;

export function mount(paper) {
  const { attempt, nextSeq, seconds, save, clockAddress } = paper.dataset;
  const questions = [...paper.querySelectorAll("[data-question]")];
  const flags = openFlags(attempt);
  const dialog = (name) => document.querySelector(`[data-dialog="${name}"]`).showModal();
  let current = 0;

  const outbox = openOutbox({
    attempt: Number(attempt),
    nextSeq: Number(nextSeq),
    address: save,
    tell: (state) => refresh(state),
    time: (left) => clock.set(left),
    ended: (why) => (why === "over" ? location.reload() : dialog("released")),
  });
  const navigator = openNavigator(paper.querySelector("[data-navigator]"), (place) => go(place));
  const handingIn = openHandingIn({
    outbox,
    clockAddress,
    openQuestions: () => questions.flatMap((each, index) => (each.dataset.response ? [] : [index + 1])),
    flagged: () => questions.filter((each) => flags.has(each.dataset.position)).length,
    show: dialog,
    time: (left) => (document.querySelector("[data-dialog='time-over']").close(), clock.set(left)),
  });
  const clock = startTime(document.querySelector("[data-clock]"), Number(seconds), {
    warn: (name) => bar(name),
    over: () => handingIn.timeIsOver(),
    added: () => bar("added"),
  });

  const refresh = ({ waiting, lost }) => {
    const unsent = new Set(waiting.map(([, position]) => String(position)));
    navigator.mark(
      questions.map(({ dataset }) => ({
        answered: dataset.response !== "",
        flagged: flags.has(dataset.position),
        unsent: unsent.has(dataset.position),
      })),
    );
    const state = waiting.length === 0 ? "all" : lost ? "kept" : "sending";
    document.querySelectorAll("[data-saved]").forEach((each) => (each.hidden = each.dataset.saved !== state));
    document.querySelector("[data-bar='lost']").hidden = !lost;
    handingIn.describe();
  };

  const go = (place) => {
    if (place < 0 || place >= questions.length) return;
    questions[current].hidden = true;
    current = place;
    questions[current].hidden = false;
    questions[current].querySelector("h2").focus({ preventScroll: true });
    window.scrollTo(0, 0);
    navigator.here(current);
    document.querySelector("[data-move='-1']").disabled = current === 0;
    document.querySelector("[data-move='1']").disabled = current === questions.length - 1;
    showFlag();
  };

  const flag = () => {
    flags.toggle(questions[current].dataset.position);
    showFlag();
    outbox.start();
  };
  const showFlag = () => {
    const flagged = flags.has(questions[current].dataset.position);
    document.querySelector("[data-flag]").setAttribute("aria-pressed", String(flagged));
  };

  const take = (question) => {
    const response = read(question);
    if (response === question.dataset.response) return;
    question.dataset.response = response;
    outbox.put(Number(question.dataset.position), response);
  };

  const choose = (place) => {
    const fields = questions[current].querySelectorAll("input, select");
    const field = questions[current].dataset.kind === "numeric" ? fields[0] : fields[place];
    if (!field) return;
    field.focus();
    if (field.matches("[type=radio], [type=checkbox]")) field.click();
  };

  // Up and down bring the focus to an option and choose nothing: Space does that.
  const step = (by) => {
    const fields = [...questions[current].querySelectorAll("input, select")];
    const now = fields.indexOf(document.activeElement);
    const next = now < 0 ? Math.max(0, fields.findIndex((field) => field.checked)) : now + by;
    fields[Math.min(Math.max(next, 0), fields.length - 1)].focus();
  };

  for (const question of questions) {
    const unsent = outbox.waiting.filter(([, position]) => String(position) === question.dataset.position).at(-1);
    if (unsent) question.dataset.response = unsent[2];
    show(question, question.dataset.response);
    selects(question).forEach((field) => (field.dataset.before = field.value));
    listenTo(question, take);
  }
  document.querySelectorAll("[data-move]").forEach((button) => {
    button.addEventListener("click", () => go(current + Number(button.dataset.move)));
  });
  document.querySelector("[data-flag]").addEventListener("click", flag);
  document.querySelector("[data-hand-in]").addEventListener("click", handingIn.ask);
  document.querySelector("[data-questions]").addEventListener("submit", (event) => event.preventDefault());
  document.querySelectorAll("dialog").forEach((each) => {
    if (each.dataset.dialog !== "hand-in") each.addEventListener("cancel", (event) => event.preventDefault());
  });
  listenToKeys({
    move: (step) => go(current + step),
    flag,
    choose,
    step,
    asleep: () => document.querySelector("dialog[open]") !== null,
  });
  onlyHere(attempt, () => (outbox.halt(), dialog("elsewhere")));
  keepTime(clockAddress, clock, outbox);
  outbox.start();
  go(0);
  paper.toggleAttribute("data-ready", true);
}

function listenTo(question, take) {
  let typing;
  question.addEventListener("input", (event) => {
    if (event.target.matches("select")) swap(question, event.target);
    clearTimeout(typing);
    if (question.dataset.kind === "numeric") typing = setTimeout(take, TYPING, question);
    else take(question);
  });
  question.addEventListener("focusout", () => take(question));
}

function bar(name) {
  const line = document.querySelector(`[data-bar="${name}"]`);
  line.hidden = false;
  setTimeout(() => (line.hidden = true), BAR_STAYS);
}

// Extra time shows without a reload, and a lost connection is noticed although nothing is to be sent.
function keepTime(address, clock, outbox) {
  const ask = async () => {
    const told = await askClock(address);
    if (!told) return outbox.lose();
    if (outbox.empty) outbox.found();
    if (told.over) location.reload();
    else if (told.seconds_left > 0) clock.set(told.seconds_left);
  };
  setInterval(ask, CLOCK_EVERY);
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  window.addEventListener("online", ask);
}

// Flags are the candidate's own notes: they stay in this browser.
function openFlags(attempt) {
  const name = `synaq/${attempt}/flags`;
  let kept;
  try {
    kept = new Set(JSON.parse(localStorage.getItem(name)) ?? []);
  } catch {
    kept = new Set();
  }
  return {
    has: (position) => kept.has(position),
    toggle(position) {
      kept.delete(position) || kept.add(position);
      try {
        localStorage.setItem(name, JSON.stringify([...kept]));
      } catch {
        // without storage flags last until the page is closed
      }
    },
  };
}

// The window opened last is the one that writes.
function onlyHere(attempt, leave) {
  const channel = new BroadcastChannel(`synaq/${attempt}`);
  channel.postMessage("here");
  channel.addEventListener("message", leave);
}
