/**
 * Terms of the glossary in running text. Without script each is a link to its definition; with it, a press opens the
 * definition beside the word. A press with a key that opens links elsewhere (Ctrl, Shift …) goes on doing that.
 */
const gap = 8;

for (const link of document.querySelectorAll<HTMLAnchorElement>('a.term')) {
  const note = link.nextElementSibling;
  if (!(note instanceof HTMLElement) || typeof note.showPopover !== 'function') continue;
  let wasOpen = false;
  link.setAttribute('aria-expanded', 'false');
  // A press outside closes the note before the click arrives, so that whether it was open is asked before.
  link.addEventListener('pointerdown', () => {
    wasOpen = note.matches(':popover-open');
  });
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const byPointer = event.detail > 0;
    const open = byPointer ? wasOpen : note.matches(':popover-open');
    if (open) note.hidePopover();
    else {
      note.showPopover();
      place(note, link);
    }
  });
  note.addEventListener('toggle', () => {
    link.setAttribute('aria-expanded', String(note.matches(':popover-open')));
  });
}

/** Below the word, or above it where there is no room below; within the window. It scrolls with the text. */
function place(note: HTMLElement, link: HTMLElement): void {
  const word = link.getClientRects()[0] ?? link.getBoundingClientRect();
  const { width, height } = note.getBoundingClientRect();
  const bar = Number.parseFloat(getComputedStyle(document.body).paddingBottom);
  const below = word.bottom + gap;
  const top = below + height > innerHeight - bar && word.top - gap - height > 0 ? word.top - gap - height : below;
  const room = document.documentElement.clientWidth - width - 2 * gap;
  const left = Math.max(0, Math.min(word.left - gap, room)) + gap;
  note.style.left = `${left + scrollX}px`;
  note.style.top = `${top + scrollY}px`;
}
