// Runs before the first paint, so that a chosen theme never flashes. It must stay a classic script.
try {
  const theme = localStorage.getItem('kuulo-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {}
