// Time left as the server counts it. The computer's own date is never asked; each answer of the
// server sets the clock anew, so a computer that slept shows the truth with the next one.
import { written } from "../clock.js";

const WARNINGS = [
  [60, "one"],
  [300, "five"],
];

export function startTime(element, seconds, { warn, over, added }) {
  const face = element.querySelector("[data-face]");
  const warned = new Set(WARNINGS.filter(([limit]) => seconds <= limit - 5).map(([, name]) => name));
  let left = seconds;
  let began = performance.now();
  let ended = false;

  const remaining = () => Math.max(0, Math.ceil(left - (performance.now() - began) / 1000));
  const show = () => {
    const now = remaining();
    face.textContent = written(now);
    element.toggleAttribute("data-near", now <= 300);
    const due = WARNINGS.find(([limit, name]) => now <= limit && !warned.has(name));
    if (due && now > 0) {
      WARNINGS.filter(([limit]) => limit >= due[0]).forEach(([, name]) => warned.add(name));
      warn(due[1]);
    }
    if (now === 0 && !ended) {
      ended = true;
      over();
    }
  };
  const set = (seconds) => {
    if (seconds > remaining() + 20) {
      WARNINGS.filter(([limit]) => seconds > limit).forEach(([, name]) => warned.delete(name));
      ended = false;
      added();
    }
    left = seconds;
    began = performance.now();
    show();
  };
  setInterval(show, 500);
  show();
  return { set, remaining };
}
