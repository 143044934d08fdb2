/**
 * Terms of the glossary in running text. Without script each is a link to its definition; with it, a press opens the
 * definition beside the word. A press with a key that opens links elsewhere (Ctrl, Shift …) goes on doing that.
 */
const gap = 8;

const termAt = (target: EventTarget | null): HTMLAnchorElement | undefined =>
  (target instanceof Element && target.closest<HTMLAnchorElement>('a.term')) || undefined;
const noteOf = (link: Element): HTMLElement | undefined => {
  const note = link.nextElementSibling;
  return note instanceof HTMLElement && note.popover ? note : undefined;
};

for (const link of document.querySelectorAll('a.term')) link.setAttribute('aria-expanded', 'false');

/** The term whose note was open when it was pressed: a press outside a note closes it before the click arrives. */
let openBefore: Element | undefined;
document.addEventListener(
  'pointerdown',
  ({ target }) => {
    const link = termAt(target);
    openBefore = link && noteOf(link)?.matches(':popover-open') ? link : undefined;
  },
  true,
);

document.addEventListener('click', (event) => {
  const link = termAt(event.target);
  const note = link && noteOf(link);
  if (!note || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const byPointer = event.detail > 0;
  const open = byPointer ? openBefore === link : note.matches(':popover-open');
  if (open) note.hidePopover();
  else {
    note.showPopover();
    place(note, link);
  }
});

// This event does not rise through the document; it is heard on its way down.
document.addEventListener(
  'toggle',
  ({ target }) => {
    if (!(target instanceof HTMLElement) || !target.classList.contains('term-note')) return;
    target.previousElementSibling?.setAttribute('aria-expanded', String(target.matches(':popover-open')));
  },
  true,
);

/** Below the word, or above it where there is no room below; within the window. It scrolls with the text. */
function place(note: HTMLElement, link: HTMLElement): void {
  const word = link.getClientRects()[0] ?? link.getBoundingClientRect();
  const { width, height } = note.getBoundingClientRect();
  const bar = Number.parseFloat(getComputedStyle(document.body).paddingBottom);
  const below = word.bottom + gap;
  const above = word.top - gap - height;
  const top = below + height > innerHeight - bar && above > 0 ? above : below;
  const room = document.documentElement.clientWidth - width - gap;
  note.style.left = `${Math.max(gap, Math.min(word.left, room)) + scrollX}px`;
  note.style.top = `${top + scrollY}px`;
}
