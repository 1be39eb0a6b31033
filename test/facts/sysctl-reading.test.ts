import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { read } from '../../src/contract/index.ts';

const keys = ['net.core.somaxconn', 'kernel.hostname', 'net.ipv4.tcp_rmem', 'no.such.key', 'vm.swappiness', 'net/ipv4/conf/lo/rp_filter', 'kernel.printk'];
const file = (key: string): string => `/proc/sys/${key.replaceAll('.', '/')}`;

describe.each([['dash'], ['busybox', 'sh'], ['bash', '--posix']])('kernel parameters read by %s', (shell, ...args) => {
  it('are whole, more than one digit and more than one word', async () => {
    const { kind } = read.sysctl('x');
    const script = await kind.script(keys).text();
    const out = execFileSync(shell, [...args, '-c', `put() { printf '%s=%s\\n' "$1" "$2"; }\nset -eu\n${script}`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    const found = new Map(out.trimEnd().split('\n').map((line) => [Number(line.slice(0, line.indexOf('='))), line.slice(line.indexOf('=') + 1)]));
    keys.forEach((key, i) => {
      const expected = key === 'no.such.key' ? undefined : readFileSync(file(key), 'utf8').trim().replace(/\s+/g, ' ');
      expect(kind.parse(found.get(i), key), key).toBe(expected);
    });
  });

  it('may be one', async () => {
    const { kind } = read.sysctl('x');
    const out = execFileSync(shell, [...args, '-c', `put() { printf '%s=%s\\n' "$1" "$2"; }\nset -eu\n${await kind.script(['net.core.somaxconn']).text()}`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    expect(kind.parse(out.slice(2), '')).toBe(readFileSync('/proc/sys/net/core/somaxconn', 'utf8').trim());
  });
});
