// Runs before the first paint, so that a chosen theme never flashes. It must stay a classic script.
try {
  const theme = localStorage.getItem('kuulo-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {}

// A chapter that is opened at its top is laid out piece by piece (unfold.ts). Who comes back finds their place at once.
if (location.pathname.startsWith('/chapters/') && !location.hash) {
  const [visit] = performance.getEntriesByType('navigation');
  if (visit?.type === 'navigate') document.documentElement.dataset.folded = '';
}

// A button of an island that is not alive yet is pressed again once it is.
let pressed;
addEventListener(
  'click',
  ({ target }) => {
    pressed = target instanceof Element ? (target.closest('astro-island[ssr] button') ?? undefined) : undefined;
  },
  true,
);
addEventListener(
  'astro:hydrate',
  ({ target }) => {
    if (!pressed || !target.contains(pressed)) return;
    const button = pressed;
    pressed = undefined;
    button.click();
  },
  true,
);
