import { describe, expect, it } from 'vitest';
import { labNodes } from './lab-nodes.ts';

const nodes = labNodes('doctor', { nodes: 2 });

interface Told {
  readonly where: string;
  readonly check: string;
  readonly verdict: string;
  readonly found: string;
  readonly hint?: string;
}
const doctor = async (...args: readonly string[]): Promise<{ readonly code: number | null; readonly found: readonly Told[] }> => {
  const { code, stdout } = await nodes.plinth('doctor', '-i', nodes.inventory, '--output', 'json', ...args);
  return { code, found: JSON.parse(stdout) as Told[] };
};
const of = (found: readonly Told[], where: string, check: string): Told | undefined => found.find((one) => one.where === where && one.check === check);

describe('plinth doctor on real nodes', () => {
  it('finds them reachable and tells what is so, and takes no lock', async () => {
    const { code, found } = await doctor();
    expect(code).toBe(0);
    for (const node of nodes.names) {
      expect(of(found, node, 'reach')).toMatchObject({ verdict: 'ok', found: expect.stringMatching(/^ssh/) as unknown });
      expect(of(found, node, 'rights')).toMatchObject({ verdict: 'ok', found: `root, through sudo from ${nodes.host(node).user}` });
      expect(of(found, node, 'packages')).toMatchObject({ verdict: 'ok', found: 'apt is whole and free' });
      expect(of(found, node, 'lock')).toMatchObject({ verdict: 'ok', found: 'free' });
      // A lab has no nameserver; its nodes know the package sources by /etc/hosts.
      expect(of(found, node, 'DNS')).toMatchObject({ verdict: 'warn', found: expect.stringMatching(/^no nameserver in \/etc\/resolv\.conf; \S+ is in \/etc\/hosts$/) as unknown });
      expect(of(found, node, 'identity')).toBeUndefined();
    }
    expect(await nodes.everywhere('[ -e /run/plinth/holder ] && echo held || echo free')).toEqual(['free', 'free']);
  });

  it('finds what is broken there, and says how to mend it; the other node stays as it was', async () => {
    await nodes.on('node1', `sed -i '/^Package: bash$/,/^$/s/^Status: .*/Status: install ok half-configured/' /var/lib/dpkg/status
: >/run/reboot-required; echo linux-image-test >/run/reboot-required.pkgs`);
    const { code, found } = await doctor();
    expect(code).toBe(1);
    expect(of(found, 'node1', 'packages')).toMatchObject({ verdict: 'bad', found: 'dpkg finds fault with bash', hint: expect.stringContaining('dpkg --configure -a') as unknown });
    expect(of(found, 'node1', 'reboot')).toMatchObject({ verdict: 'warn', found: 'pending for linux-image-test' });
    expect(of(found, 'node2', 'packages')).toMatchObject({ verdict: 'ok' });
  });

  it('tells whose run holds a node, and looks at it all the same', async () => {
    const running = nodes.start('exec', 'node2', '-i', nodes.inventory, '--', 'touch /run/held; sleep 600');
    await expect.poll(() => nodes.on('node2', '[ -e /run/held ] && echo yes || echo no'), { timeout: 60_000 }).toBe('yes');
    const { found } = await doctor('node2');
    expect(of(found, 'node2', 'lock')).toMatchObject({ verdict: 'warn', found: expect.stringMatching(/^held by .+@.+, run \d{8}-\d{6}-[0-9a-f]{4}, since 20/) as unknown });
    expect(of(found, 'node2', 'packages')).toMatchObject({ verdict: 'ok' });
    running.child.kill('SIGINT');
    await running.done;
  });

  it('says why a node cannot be reached', async () => {
    nodes.write('off.yaml', 'hosts: { node1: { ssh: { port: 1, connectRetries: 0 } } }\n');
    const { code, found } = await doctor('-i', 'off.yaml', 'node1');
    expect(code).toBe(1);
    expect(of(found, 'node1', 'reach')).toMatchObject({ verdict: 'bad', hint: expect.any(String) as unknown });
  });
});
