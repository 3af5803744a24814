// Enter sends the row and goes down; the row shows what the server judged, never what we hope.
export function mount(grid) {
  const forms = [...grid.querySelectorAll(".grid__form")];
  forms.forEach((form, place) => {
    let entered = form.elements.result.value;
    const settle = () => {
      const same = form.elements.result.value === entered;
      form.querySelector(".grid__reason").hidden = !entered || same;
      form.querySelector(".grid__enter").hidden = Boolean(entered) && same;
    };
    form.elements.result.addEventListener("input", settle);
    settle();
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const told = form.parentElement.querySelector(".grid__told");
      const reply = await send(form);
      if (!reply) {
        show(told, grid.dataset.lost);
        return;
      }
      form.parentElement.classList.toggle("grid__row--wrong", Boolean(reply.problem));
      if (reply.problem) {
        show(told, reply.problem);
        form.elements.result.select();
        return;
      }
      told.replaceChildren(...parsed(reply.row).body.childNodes);
      if (reply.warning) {
        told.append(problem(reply.warning));
      }
      entered = form.elements.result.value;
      form.elements.reason.value = "";
      settle();
      (forms[place + 1] ?? form).elements.result.focus();
    });
  });
}

async function send(form) {
  try {
    const reply = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
    });
    return reply.headers.get("Content-Type")?.startsWith("application/json") ? await reply.json() : { problem: await sentence(reply) };
  } catch {
    return null;
  }
}

// A refusal comes as a page of its own: its one sentence is what the row shows.
async function sentence(reply) {
  const page = parsed(await reply.text());
  return page.querySelector("main p")?.textContent ?? String(reply.status);
}

function parsed(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

function show(place, text) {
  place.replaceChildren(problem(text));
}

function problem(text) {
  const words = document.createElement("span");
  words.className = "grid__problem";
  words.textContent = text;
  return words;
}
