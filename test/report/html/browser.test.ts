import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { htmlReport } from '../../../src/report/html/index.ts';
import { chromium, openTab, type Tab } from './browser.ts';
import { longRun } from './recorded.ts';

/** Screenshots are kept for whoever wants to look at them; the folder is ignored by git. */
const artefacts = fileURLToPath(new URL('../../../test-results/report/', import.meta.url));

/** Every visible text whose colour and ground are nearer than 4.5 : 1 (WCAG AA), as `tag.class text ratio`. */
const pale = `(() => {
  const channels = (colour) => { const c = document.createElement('canvas').getContext('2d', { willReadFrequently: true }); c.fillStyle = colour; c.fillRect(0, 0, 1, 1); return [...c.getImageData(0, 0, 1, 1).data]; };
  const known = new Map();
  const of = (colour) => known.get(colour) ?? known.set(colour, channels(colour)).get(colour);
  const light = (rgb) => { const [r, g, b] = rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4)); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = (one) => { for (let at = one; at; at = at.parentElement) { const colour = of(getComputedStyle(at).backgroundColor); if (colour[3] === 255) return colour; } return [255, 255, 255]; };
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const one = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || ['SCRIPT', 'STYLE', 'OPTION'].includes(one.tagName) || !one.checkVisibility()) continue;
    const [a, b] = [light(of(getComputedStyle(one).color).slice(0, 3)), light(ground(one).slice(0, 3))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) found.push(one.tagName + '.' + one.className + ' ' + walk.currentNode.data.trim().slice(0, 30) + ' ' + ratio.toFixed(2));
  }
  return [...new Set(found)];
})()`;

describe.skipIf(chromium === undefined)('the report in Chromium (skipped where `chromium` is not installed: apt-get install chromium)', () => {
  let dir: string;
  let tab: Tab;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'plinth-report-'));
    mkdirSync(artefacts, { recursive: true });
    writeFileSync(join(dir, 'report.html'), await htmlReport(longRun(), { id: '20261120-185015-3f9a', result: 'failed' }));
    tab = await openTab(chromium ?? '', `file://${dir}/report.html`);
  });
  afterAll(async () => {
    await tab.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const look = async (scheme: 'light' | 'dark', width: number): Promise<void> => {
    await tab.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
    await tab.send('Emulation.setDeviceMetricsOverride', { width, height: 1000, deviceScaleFactor: 1, mobile: width < 600 });
    const { data } = (await tab.send('Page.captureScreenshot', { format: 'png' })) as { data: string };
    writeFileSync(join(artefacts, `report-${scheme}-${width}.png`), Buffer.from(data, 'base64'));
  };

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('is readable in %s at %i px: text stands out, nothing runs out of the page', async (scheme, width) => {
    await look(scheme, width);
    expect(await tab.evaluate("for (const one of document.querySelectorAll('details')) one.open = true; document.documentElement.dataset.theme")).toBe(scheme);
    expect(await tab.evaluate(pale)).toEqual([]);
    expect(await tab.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await tab.evaluate("for (const one of document.querySelectorAll('details')) one.open = false");
  });

  it('asks for nothing but itself and breaks no policy', async () => {
    const asked = tab.events.filter(({ method }) => method === 'Network.requestWillBeSent').map(({ params }) => (params as { request: { url: string } }).request.url);
    expect(asked).toEqual([`file://${dir}/report.html`]);
    expect(tab.events.filter(({ method }) => method === 'Log.entryAdded' || method === 'Runtime.exceptionThrown')).toEqual([]);
  });

  it('runs no script that is put into it', async () => {
    await tab.evaluate("{ const one = document.createElement('script'); one.textContent = 'document.title = \"broken\"'; document.body.append(one); const two = document.createElement('p'); two.setAttribute('onclick', 'document.title = \"broken\"'); document.body.append(two); two.click(); one.remove(); two.remove(); }");
    expect(await tab.evaluate('document.title')).toContain('playbooks/cluster.ts');
  });

  it('is walked with the keyboard: along a lane, to the next lane, to the task', async () => {
    await tab.evaluate("document.querySelector('.lane.node .bar').focus()");
    await tab.press('ArrowRight');
    expect(await tab.evaluate("document.getElementById('told').textContent")).toMatch(/^node1 {2}Prepare the nodes › forwarding and limits: changed, \d+ ms, after \d+ ms$/);
    await tab.press('ArrowDown');
    expect(await tab.evaluate("document.activeElement.closest('.lane').querySelector('b').textContent")).toBe('node2');
    await tab.press('End');
    expect(await tab.evaluate("document.activeElement.getAttribute('aria-label')")).toContain('failed');
    expect(await tab.evaluate("document.querySelectorAll('.lane.node .bar[tabindex=\"0\"]').length")).toBe(3);
    await tab.press('Enter');
    expect(await tab.evaluate("document.querySelector('tr:target')?.textContent ?? location.hash")).toContain('packages of the node');
  });

  it('finds tasks and shows what differs', async () => {
    await tab.evaluate("{ const only = document.getElementById('only'); only.value = 'failed'; only.dispatchEvent(new Event('change')); }");
    expect(await tab.evaluate("[...document.querySelectorAll('.grid tbody tr')].filter((row) => !row.hidden).length")).toBe(1);
    expect(await tab.evaluate("document.getElementById('count').textContent")).toMatch(/^1 of \d+ tasks$/);
  });

  it('keeps the colours that were asked for', async () => {
    const before = await tab.evaluate('document.documentElement.dataset.theme');
    await tab.evaluate("document.getElementById('theme').click()");
    expect(await tab.evaluate('document.documentElement.dataset.theme')).not.toBe(before);
  });

  it('has what assistive programs go by: a language, landmarks, one h1, headings in order, named controls', async () => {
    expect(await tab.evaluate("document.documentElement.lang + ' ' + ['header', 'nav', 'main', 'footer', 'h1'].map((one) => document.querySelectorAll(one).length).join(' ')")).toBe('en 1 1 1 1 1');
    expect(await tab.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map((one) => Number(one.tagName[1])).filter((level, i, all) => i > 0 && level > all[i - 1] + 1)")).toEqual([]);
    expect(await tab.evaluate("[...document.querySelectorAll('a,button,input,select,[role=img],[role=region],section')].filter((one) => !(one.textContent.trim() || one.getAttribute('aria-label') || one.labels?.length || one.getAttribute('aria-labelledby'))).length")).toBe(0);
  });

  it('does not run out of the page with fifty hosts', async () => {
    writeFileSync(join(dir, 'many.html'), await htmlReport(longRun({ hosts: 50, tasks: 30 }), { id: '20261120-185015-3f9a', result: 'failed' }));
    await tab.send('Page.navigate', { url: `file://${dir}/many.html` });
    await expect.poll(() => tab.evaluate('location.pathname.endsWith("many.html") && document.readyState === "complete"'), { timeout: 30_000 }).toBe(true);
    for (const width of [1280, 390]) {
      await tab.send('Emulation.setDeviceMetricsOverride', { width, height: 1000, deviceScaleFactor: 1, mobile: false });
      expect(await tab.evaluate("for (const one of document.querySelectorAll('details')) one.open = true; document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    }
    expect(await tab.evaluate("document.getElementById('changes').textContent")).toContain('all 50 hosts');
  });
});
