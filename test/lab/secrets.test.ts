import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { stringify } from 'yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import { seal } from '../../src/inventory/secrets/age/seal.ts';
import { collector } from '../otel/collector.ts';
import { labNodes } from './lab-nodes.ts';

const nodes = labNodes('secrets', { nodes: 2 });

const word = 'Tr0ub4dor-kmq8';
const odd = `p'w "x" $y\`z\\ <&> \u00e9#%+/`;
const key = `-----BEGIN THING-----\nc2VjcmV0IG9mIHRoZSBsYWI${'Zm9v'.repeat(12)}\nTGluZSB0d28gb2YgdGhlIGtleQ==\n-----END THING-----`;
const token = 'kx81hc.3v9q2mf60sdw7bt4';
const sudo = 'right Pa55\'word';
/** Of `kmq8-hash`. */
const hash = '$6$plinthsalt$HgEQk0wqWntCNVrF.0hgeGyEa076yRpP2YJUoUpNHuYYPiOKhnAn7ghfd8cBzmEYFXpAHaSDyYT2ZnXVAAPZ51';
const secrets = { word, hash, odd, key, token, sudo };

/** The forms in which a secret would be recognised. Written anew here: what hides them has a list of its own. */
function formsOf(value: string): string[] {
  const lines = value.split('\n').filter((line) => line.length >= 8 && !line.startsWith('---'));
  const inner = Buffer.from(value).toString('base64').replace(/=+$/, '').slice(0, -1);
  return [
    ...(value.includes('\n') ? lines : [value]),
    inner.slice(0, 60),
    inner.slice(0, 60).replaceAll('+', '-').replaceAll('/', '_'),
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    JSON.stringify(JSON.stringify(value)).slice(3, -3),
    Buffer.from(value).toString('hex'),
    value.replaceAll("'", `'\\''`),
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  ];
}
const forms = Object.entries(secrets).flatMap(([name, value]) => [...new Set(formsOf(value))].map((form) => ({ name, form })));

/** Which secrets a text holds, and in which form. */
const heldBy = (told: string): string[] => forms.filter(({ form }) => told.includes(form)).map(({ name, form }) => `${name} as ${form}`);

const filesUnder = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));

/** Runs `plinth`, and looks at all processes meanwhile. */
async function watched(...args: readonly string[]) {
  const sampler = spawn(process.execPath, [join(import.meta.dirname, 'argv-sampler.mjs')], { stdio: ['ignore', 'pipe', 'pipe'], env: {} });
  await once(sampler.stderr, 'data');
  const seen = text(sampler.stdout);
  const ran = await nodes.plinth(...args);
  sampler.kill('SIGTERM');
  const lines: string[] = JSON.parse(await seen);
  return { ...ran, arguments: lines };
}

const fleet = (): readonly string[] => ['-i', nodes.inventory, '-i', 'inventory/site.yaml'];

beforeAll(async () => {
  const identity = await generateIdentity();
  nodes.env['PLINTH_AGE_KEY'] = identity;
  nodes.env['WORD'] = word;
  nodes.env['HASH'] = hash;
  nodes.env['PATH'] = `${join(nodes.dir, 'bin')}:${nodes.env['PATH']}`;
  nodes.env['GITHUB_ACTIONS'] = 'true';
  nodes.env['GITHUB_STEP_SUMMARY'] = join(nodes.dir, 'summary.md');
  writeFileSync(join(nodes.dir, 'summary.md'), '');
  nodes.write('inventory/secrets.age', await seal(stringify({ odd, sudo }), [await identityToRecipient(identity)]));
  nodes.write('inventory/given/key', `${key}\n`);
  nodes.write('bin/pass', `#!/bin/sh\n[ "$*" = 'show lab/token' ] && cat "$(dirname "$0")/../inventory/given/token"\n`);
  nodes.write('inventory/given/token', `${token}\n`);
  chmodSync(join(nodes.dir, 'bin/pass'), 0o755);
  nodes.write(
    'inventory/site.yaml',
    `vars: { word: !secret env:WORD, hash: !secret env:HASH, odd: !secret age:odd, key: !secret file:given/key, token: !secret "command:pass show lab/token" }
hosts:
  node1: { ssh: { user: asks, becomePassword: !secret age:sudo } }
`,
  );
  nodes.playbook('secrets.ts');
  await nodes.on('node1', `useradd -m -s /bin/bash asks; printf '%s' ${`'asks:${sudo.replaceAll("'", `'\\''`)}'`} | chpasswd; echo 'asks ALL=(ALL) ALL' >/etc/sudoers.d/asks; cp -r /home/plinth/.ssh /home/asks/; chown -R asks: /home/asks/.ssh`);
  await nodes.everywhere(`printf '%s\\n' ${`'${odd.replaceAll("'", `'\\''`)}'`} 'and ${word}' >/srv/before`);
  mkdirSync(join(nodes.dir, 'out'));
});

describe('secrets of a run, in every form they may take', () => {
  it('are shown by no plan', async () => {
    const plan = await watched('plan', 'secrets.ts', ...fleet(), '--diff', '--verbose', '-o', 'out/saved.plan');
    expect(plan.code).toBe(2);
    // The one thing that was read and holds them is shown, without them.
    expect(plan.stdout).toContain('and ***');
    expect(heldBy(plan.stdout + plan.stderr)).toEqual([]);
    expect(plan.arguments.filter((line) => heldBy(line).length > 0)).toEqual([]);
  });

  it('reach the nodes as they are, and stand in the arguments of no process, here or there', async () => {
    const apply = await watched('apply', 'secrets.ts', ...fleet(), '--diff', '--verbose');
    expect({ code: apply.code, told: apply.code === 0 ? '' : apply.stdout + apply.stderr }).toEqual({ code: 0, told: '' });
    for (const node of nodes.names) {
      expect(JSON.parse(await nodes.on(node, `cd /srv/secrets; for f in odd key stdin minted app.conf; do base64 -w 0 $f; echo; done | sed 's/.*/"&",/; 1s/^/[/; $s/,$/]/'`))).toEqual(
        [odd, key, key, `minted-${token}`, `password=${odd}\ntoken=${token}\n`].map((value) => Buffer.from(value).toString('base64')),
      );
    }
    expect(heldBy(apply.stdout + apply.stderr)).toEqual([]);
    // The sampler is no ornament: it sees processes of both nodes that live as long as those with secrets.
    expect(apply.arguments.filter((line) => line.startsWith('sleep 0.5')).length).toBeGreaterThan(0);
    expect(apply.arguments.filter((line) => heldBy(line).length > 0)).toEqual([]);
  });

  it('are in no error, in no output for machines, and in no trace', async () => {
    const told: string[] = [];
    const to = await collector();
    for (const output of ['plain', 'jsonl', 'junit']) {
      const layer = nodes.write('fails.yaml', 'vars: { fails: true }\n');
      const failed = await watched('apply', 'secrets.ts', ...fleet(), '-i', layer, '--output', output, '--verbose', '--diff', '--otlp', to.url);
      expect(failed.code).toBe(1);
      expect(failed.arguments.filter((line) => heldBy(line).length > 0)).toEqual([]);
      told.push(failed.stdout + failed.stderr);
    }
    expect(told.join()).toContain('***');
    expect(told.flatMap(heldBy)).toEqual([]);
    expect(to.spans().filter(({ name }) => name === 'fails with them')).toHaveLength(2 * 3);
    expect(to.bodies.flatMap(heldBy)).toEqual([]);
  });

  it('are in no journal, report, comparison, summary or cache of ours', async () => {
    const before = await nodes.plinth('runs', 'show', 'last', '--diff', '--verbose');
    const ids = readdirSync(join(nodes.dir, '.plinth/runs')).toSorted();
    const told = [before, await nodes.plinth('runs', 'diff', ids.at(-2)?.replace('.plan', '') ?? '', 'last', '--diff'), await nodes.plinth('runs', 'show', 'last', '--output', 'junit'), await nodes.plinth('list', 'secrets.ts', ...fleet(), '--verbose'), await nodes.plinth('explain', 'node1', ...fleet())];
    expect(told.flatMap(({ stdout, stderr }) => heldBy(stdout + stderr))).toEqual([]);
    for (const id of ids) expect((await nodes.plinth('report', id.replace('.plan', ''))).code).toBe(0);
    const ours = filesUnder(nodes.dir).filter((file) => !file.startsWith(join(nodes.dir, 'lab')) && !file.startsWith(join(nodes.dir, 'inventory/given/')));
    expect(ours.filter((file) => /report\.html$|events\.jsonl$|summary\.md$|saved\.plan$/.test(file)).length).toBeGreaterThanOrEqual(3 * 2 + 2);
    expect(readFileSync(join(nodes.dir, 'summary.md'), 'utf8')).toContain('***');
    const holding = ours.map((file) => ({ file: file.slice(nodes.dir.length), found: heldBy(readFileSync(file, 'latin1')).concat(heldBy(readFileSync(file, 'utf8'))) }));
    expect(holding.filter(({ found }) => found.length > 0)).toEqual([]);
  });

  it('are in no log of a node, nor in files that lie about there', async () => {
    const patterns = Buffer.from(forms.map(({ form }) => form).join('\n')).toString('base64');
    const found = await nodes.everywhere(`umask 077; mkdir -p /srv/search; printf %s '${patterns}' | base64 -d >/srv/search/patterns
journalctl --no-pager -o cat --all >/srv/search/journal; journalctl --no-pager -o export --all >>/srv/search/journal
[ "$(wc -l </srv/search/journal)" -gt 50 ] || echo 'the journal is empty'
grep -aFc -f /srv/search/patterns /srv/search/journal | grep -vx 0 || :
grep -raFl -f /srv/search/patterns /etc /home /root /run /tmp /usr/local /var --exclude-dir=journal --exclude='shadow*' 2>/dev/null || :
rm -r /srv/search`);
    expect(found).toEqual(nodes.names.map(() => ''));
  });
});
