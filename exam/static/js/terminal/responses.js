// What a question's fields say, as the text that is saved, and back. Options are named by the order shown.
const NUMBER = /^-?[0-9]{1,12}([.,][0-9]{1,6})?$/;

export function read(question) {
  const kind = question.dataset.kind;
  if (kind === "single" || kind === "multiple") {
    return [...question.querySelectorAll("input:checked")].map((field) => field.value).join(",");
  }
  if (kind === "numeric") return readNumber(question);
  const chosen = selects(question).map((field) => field.value);
  if (chosen.includes("")) return "";
  return (kind === "matching" ? chosen : inverse(chosen)).join(",");
}

export function show(question, response) {
  const kind = question.dataset.kind;
  const parts = response === "" ? [] : response.split(",");
  if (kind === "single" || kind === "multiple") {
    question.querySelectorAll("input").forEach((field) => (field.checked = parts.includes(field.value)));
  } else if (kind === "numeric") {
    question.querySelector("input").value = response;
  } else {
    const values = kind === "matching" ? parts : inverse(parts);
    selects(question).forEach((field, index) => (field.value = values[index] ?? ""));
  }
}

// A place is given once: who takes one that is taken, swaps with whoever had it.
export function swap(question, changed) {
  const others = selects(question).filter((field) => field !== changed);
  const loser = others.find((field) => changed.value !== "" && field.value === changed.value);
  if (loser) loser.value = changed.dataset.before ?? "";
  selects(question).forEach((field) => (field.dataset.before = field.value));
}

export function selects(question) {
  return [...question.querySelectorAll("select")];
}

function readNumber(question) {
  const field = question.querySelector("input");
  const typed = field.value.replace(/\s/g, "").replace("−", "-");
  const good = typed === "" || NUMBER.test(typed);
  question.querySelector("[data-not-a-number]").hidden = good;
  field.setAttribute("aria-invalid", String(!good));
  return good ? typed : "";
}

// Places by option become options by place; the way back is the same.
function inverse(places) {
  const options = [];
  places.forEach((place, option) => (options[Number(place)] = String(option)));
  return options;
}
