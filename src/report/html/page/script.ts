/**
 * What a browser runs: comfort only, everything is in the page without it. Its digest stands in the page's content
 * security policy, so nothing else runs there.
 */
export const script = `'use strict';
(() => {
  const root = document.documentElement;
  const all = (what, within) => [...(within || document).querySelectorAll(what)];
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const theme = document.getElementById('theme');
  const stored = () => { try { return localStorage.getItem('plinth-theme'); } catch { return null; } };
  const show = (name) => { root.dataset.theme = name; theme.textContent = name === 'dark' ? 'Light' : 'Dark'; theme.setAttribute('aria-label', 'Switch to ' + (name === 'dark' ? 'light' : 'dark') + ' colours'); };
  show(stored() || (dark.matches ? 'dark' : 'light'));
  dark.addEventListener('change', () => { if (!stored()) show(dark.matches ? 'dark' : 'light'); });
  theme.hidden = false;
  theme.addEventListener('click', () => { const name = root.dataset.theme === 'dark' ? 'light' : 'dark'; show(name); try { localStorage.setItem('plinth-theme', name); } catch { return; } });

  const told = document.getElementById('told');
  const chart = document.getElementById('chart');
  const tell = (event) => {
    const bar = event.target.closest('.bar, .trip');
    if (bar) told.textContent = bar.closest('.lane').querySelector('b').textContent + '  ' + (bar.dataset.tell || bar.getAttribute('aria-label'));
  };
  chart.addEventListener('pointerover', tell);
  chart.addEventListener('focusin', tell);
  chart.addEventListener('keydown', (event) => {
    const bar = event.target.closest('.bar');
    if (!bar) return;
    const lanes = all('.lane.node', chart).map((lane) => all('.bar', lane)).filter((bars) => bars.length > 0);
    const lane = lanes.findIndex((bars) => bars.includes(bar));
    const at = lanes[lane].indexOf(bar);
    const near = (bars) => bars && bars.reduce((best, one) => Math.abs(one.offsetLeft - bar.offsetLeft) < Math.abs(best.offsetLeft - bar.offsetLeft) ? one : best);
    const next = { ArrowRight: lanes[lane][at + 1], ArrowLeft: lanes[lane][at - 1], Home: lanes[lane][0], End: lanes[lane].at(-1), ArrowDown: near(lanes[lane + 1]), ArrowUp: near(lanes[lane - 1]) }[event.key];
    if (!next) return;
    event.preventDefault();
    for (const one of next.closest('.lane').querySelectorAll('.bar')) one.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });

  for (const tools of all('[data-tools]')) tools.hidden = false;
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-open], [data-close]');
    if (!button) return;
    for (const one of all('#' + (button.dataset.open || button.dataset.close) + ' details')) one.open = 'open' in button.dataset;
  });

  const find = document.getElementById('find');
  const only = document.getElementById('only');
  const rows = all('.grid tbody tr').map((row) => ({ row, text: row.textContent.toLowerCase(), states: all('.s', row).map((cell) => cell.classList[1]) }));
  const sift = () => {
    const words = find.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const states = only.value.split(' ').filter(Boolean);
    let left = 0;
    for (const { row, text, states: own } of rows) {
      const fits = words.every((word) => text.includes(word)) && (states.length === 0 || own.some((state) => states.includes(state)));
      row.hidden = !fits;
      left += fits ? 1 : 0;
    }
    document.getElementById('count').textContent = left === rows.length ? '' : left + ' of ' + rows.length + ' tasks';
  };
  find.addEventListener('input', sift);
  only.addEventListener('change', sift);
  addEventListener('hashchange', () => {
    const row = document.getElementById(location.hash.slice(1));
    if (row && row.hidden) { find.value = ''; only.value = ''; sift(); row.scrollIntoView({ block: 'center' }); }
  });
})();
`;
