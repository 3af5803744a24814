// Time left, counted from what the server said when the page was made. The server decides when
// time is over; this chip only shows it, and the computer's own date is never asked.
const NEAR = 300;

export function mount(clock) {
  const face = clock.querySelector("[data-face]");
  const left = Number(clock.dataset.seconds);
  const began = performance.now();

  const show = () => {
    const seconds = Math.max(0, Math.ceil(left - (performance.now() - began) / 1000));
    face.textContent = written(seconds);
    clock.toggleAttribute("data-near", seconds <= NEAR);
    if (seconds === 0) clearInterval(ticking);
  };
  const ticking = setInterval(show, 1000);
  show();
}

export function written(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
