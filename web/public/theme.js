// Before the first paint, so that a dark page never flashes white. A file of its own: the page's policy forbids inline scripts.
(() => {
  const chosen = localStorage.getItem('hub.theme');
  const isDark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
})();
