// After a refused form the reader starts at what is wrong.
export function mount(summary) {
  summary.focus();
}
