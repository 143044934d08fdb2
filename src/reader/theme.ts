/** Light and dark: the system's wish until the reader chooses otherwise. The choice is kept in localStorage. */
export type Theme = 'light' | 'dark';

const key = 'kuulo-theme';
const system = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

/** The theme the page is shown in now. */
export function theme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return system().matches ? 'dark' : 'light';
}

/** Shows the page in `wanted`. Choosing what the system wishes anyway forgets the choice, so the page follows it again. */
export function chooseTheme(wanted: Theme): void {
  const follows = (wanted === 'dark') === system().matches;
  if (follows) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = wanted;
  try {
    if (follows) localStorage.removeItem(key);
    else localStorage.setItem(key, wanted);
  } catch {
    // Storage refused: the choice holds for this page.
  }
}

/** Calls `changed` whenever the theme changes, so that pictures can be drawn anew. Returns a function that ends it. */
export function watchTheme(changed: (theme: Theme) => void): () => void {
  let last = theme();
  const check = () => {
    if (theme() === last) return;
    last = theme();
    changed(last);
  };
  const root = new MutationObserver(check);
  root.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const query = system();
  query.addEventListener('change', check);
  return () => {
    root.disconnect();
    query.removeEventListener('change', check);
  };
}
