import { z } from 'zod';
import { change, defineModule, guarded, read, refuse, sh } from '../../../contract/index.ts';
import { found } from './found.ts';
import { establish, rulesPath, rulesText, unitName, unitPath, unitText } from './nftables.ts';
import { addUfw, changeFirewalld, firewalldAdded, firewalldRules, removeUfw, ufwAdded, ufwRules } from './others.ts';
import { port } from './ports.ts';

export { clusterPorts } from './ports.ts';

/**
 * Which ports of the node are open. Never closed: the ports of sshd, answers to what the node itself asked, loopback, ICMP.
 * The node takes a change back by itself unless a new connection confirms it.
 */
export const firewall = defineModule({
  name: 'firewall',
  summary: 'Open ports of a node, by nftables, ufw or firewalld.',

  args: z.strictObject({
    state: z.enum(['present', 'absent']).default('present').describe('`absent` takes our table of nftables away, or these rules of ufw or firewalld.'),
    backend: z.enum(['nftables', 'ufw', 'firewalld']).default('nftables').describe('`nftables` is a table of our own that leaves all others alone. With the others, rules are added to what is there.'),
    ports: z.array(port).default([]).describe('What is let in; `clusterPorts` lists what each role needs.'),
    keepSsh: z.boolean().default(true).describe('The ports where sshd listens stay open from everywhere. `false` where `ports` or `trustedSources` say from where.'),
    trustedSources: z.array(z.string().regex(/^[0-9a-fA-F.:]+(\/\d+)?$/, 'must be an address or a CIDR')).default([]).describe('Everything from there is let in: other nodes, the pod CIDR.'),
    trustedInterfaces: z.array(z.string().regex(/^[\w.-]{1,15}\*?$/, 'must be an interface, such as cilium_host or lxc*')).default([]).describe('Everything that comes by them is let in; a * stands for any end (not with firewalld).'),
    log: z.boolean().default(false).describe('nftables: ten dropped packets a minute are told to the kernel log.'),
    within: z.int().min(5000).default(30_000).describe('How long the node waits for a new connection before it takes the change back, in ms.'),
  }),

  observe: ({ backend }) => ({
    found: found(),
    ...(backend === 'nftables' ? { rules: read.text(rulesPath), unitFile: read.text(unitPath), unit: read.unit(unitName) } : {}),
    ...(backend === 'ufw' ? { ufw: ufwAdded() } : {}),
    ...(backend === 'firewalld' ? { firewalld: firewalldAdded() } : {}),
  }),

  *plan({ state, backend, keepSsh, within, log, trustedSources, trustedInterfaces, ...args }, { found: is, rules, unitFile, unit, ufw = [], firewalld = [] }) {
    if (!is) return;
    const ssh = keepSsh ? is.sshPorts.map((number) => ({ port: number, protocol: 'tcp' as const, from: [], why: 'ssh' })) : [];
    const program = backend === 'nftables' ? 'nft' : backend === 'ufw' ? 'ufw' : 'firewall-cmd';
    if (!is.programs.includes(program)) {
      if (state === 'absent') return;
      return yield refuse(`${backend} is not on this node`, `there is no program ${program}`, { hint: `Install the package ${backend} in an earlier task.`, ...(backend === 'nftables' && { unless: { brought: ['package nftables'], changes: [change(rulesPath, rules, rulesText({ ports: [...ssh, ...args.ports], trustedSources, trustedInterfaces, log }), sh`:`)] } }) });
    }
    const rival = is.active.find((name) => name !== backend);
    if (rival && state === 'present') return yield refuse(`${rival} is in force on this node`, 'two firewalls hide what the other lets in', { hint: `Say backend: '${rival}', or disable it first: ${rival === 'ufw' ? 'ufw disable' : 'systemctl disable --now firewalld'}.` });
    if (keepSsh && state === 'present' && is.sshPorts.length === 0) return yield refuse('the ports of sshd are not known', '`sshd -T` says none', { hint: 'Name them in `ports`, and say keepSsh: false.' });

    const ports = [...ssh, ...args.ports];

    if (backend === 'nftables') {
      const before = { rules, unit: unitFile };
      const after = state === 'absent' ? { rules: undefined, unit: undefined } : { rules: rulesText({ ports, trustedSources, trustedInterfaces, log }), unit: unitText };
      const isSame = before.rules === after.rules && before.unit === after.unit;
      const isUp = unit?.active === 'active' && unit.file === 'enabled' && is.isLoaded;
      if (isSame && (state === 'absent' || isUp)) return;
      const run = guarded(establish(after), { undo: establish(before), within });
      if (before.rules !== after.rules) yield change(rulesPath, before.rules, after.rules, run);
      else yield change('firewall', before.unit === after.unit ? 'not as in its file' : 'another unit', 'loaded', run);
      return;
    }

    if (backend === 'ufw') {
      const isActive = is.active.includes('ufw');
      const wanted = ufwRules(ports, trustedSources, trustedInterfaces);
      const given = wanted.filter((rule) => ufw.includes(rule));
      const missing = wanted.filter((rule) => !ufw.includes(rule));
      if (state === 'absent') {
        // The rule for ssh may be someone else's, and closes the door behind us.
        const ours = given.filter((rule) => !ssh.some(({ port: number }) => rule === `allow ${number}/tcp`));
        if (ours.length > 0) yield change('rules of ufw', ours.join('\n'), undefined, guarded(removeUfw(ours, true), { undo: addUfw(ours, true), within }));
      } else if (missing.length > 0 || !isActive) {
        yield change('rules of ufw', [...(isActive ? [] : ['not enabled']), ...given].join('\n') || undefined, wanted.join('\n'), guarded(addUfw(missing, isActive), { undo: removeUfw(missing, isActive), within }));
      }
      return;
    }

    const wanted = firewalldRules(ports, trustedSources, trustedInterfaces);
    const given = wanted.filter((rule) => firewalld.includes(rule));
    const missing = wanted.filter((rule) => !firewalld.includes(rule));
    if (state === 'present' && !is.active.includes('firewalld')) return yield refuse('firewalld does not run', 'systemd says that it is not active', { hint: 'Start it in an earlier task (service).' });
    if (state === 'present' && missing.length > 0) yield change('rules of firewalld', given.join('\n') || undefined, wanted.join('\n'), guarded(changeFirewalld(missing, []), { undo: changeFirewalld([], missing), within }));
    const ours = given.filter((rule) => !ssh.some(({ port: number }) => rule === `default port ${number}/tcp`));
    if (state === 'absent' && ours.length > 0) yield change('rules of firewalld', ours.join('\n'), undefined, guarded(changeFirewalld([], ours), { undo: changeFirewalld(ours, []), within }));
  },
});
