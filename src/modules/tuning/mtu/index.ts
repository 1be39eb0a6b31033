import { z } from 'zod';
import { change, defineModule, guarded, quote, read, refuse, sh } from '../../../contract/index.ts';
import { nicName } from '../../args/nicName.ts';
import { observeAtBoot, planNotAtBoot, planScript, planUnit, rememberedIn } from '../atBoot.ts';
import { setAndTest } from './raise.ts';

/**
 * The MTU of a link, now and at every boot. It is raised only as far as packets of that size really reach the peers: where
 * one does not answer, the old MTU comes back at once, and so it does unless a new connection confirms it. A peer answers only
 * when its own MTU has been raised: go through the nodes one by one (`serial: 1`) and name those before, and every pair is tried.
 */
export const mtu = defineModule({
  name: 'mtu',
  summary: 'The MTU of a link, now and at every boot, kept only if large packets reach its peers.',

  args: z
    .strictObject({
      nic: nicName().describe('The link.'),
      mtu: z.int().min(576).max(65535).optional().describe('In bytes, e.g. 9000. Pods that run keep theirs until they are made anew.'),
      peers: z.array(z.union([z.ipv4(), z.ipv6()])).default([]).describe('Addresses that packets of this size must reach, before it is kept.'),
      state: z.enum(['present', 'absent']).default('present').describe('`absent` brings back the MTU that was there before.'),
    })
    .refine(({ state, mtu: size }) => state === 'absent' || size !== undefined, { path: ['mtu'], message: 'must say how many bytes' }),

  observe: ({ nic }) => ({ found: read.text(`/sys/class/net/${nic}/mtu`), link: read.condition(`ip -d -o link show dev ${quote(nic)}`), ...observeAtBoot(`mtu-${nic}`) }),

  *plan({ nic, mtu: wanted, peers, state }, { found, link, ...boot }) {
    const now = Number(found);
    const name = `mtu-${nic}`;
    const before = rememberedIn(boot.script);
    const set = (from: number, to: number, tested: readonly string[]) => {
      const within = 30_000 + tested.length * 10_000;
      return change(`MTU of ${nic}`, String(from), String(to), guarded(setAndTest(nic, from, to, tested), { undo: sh`ip link set dev ${nic} mtu ${from}`, within }), { timeout: within });
    };
    if (state === 'absent') {
      yield* planNotAtBoot(name, boot);
      const was = Number(before['mtu']);
      if (found !== undefined && was > 0 && was !== now) yield set(now, was, []);
      return;
    }
    if (wanted === undefined) return;
    if (found === undefined) {
      yield refuse(`there is no link ${nic}`, `no /sys/class/net/${nic}`, { hint: 'See `plinth facts --output json` for the names of the links.', final: true });
      return;
    }
    const max = Number(/ maxmtu (\d+)/.exec(link?.said ?? '')?.[1] ?? 0);
    if (max > 0 && wanted > max) {
      yield refuse(`${nic} cannot have an MTU of ${wanted}`, `its driver allows at most ${max}`, { hint: 'Choose a smaller one for all nodes: they must agree.', final: true });
      return;
    }
    if (now !== wanted) yield set(now, wanted, wanted > now ? peers : []);
    // Behind the guarded change, so that nothing is left of one that was taken back.
    const unit = { name, description: `MTU ${wanted} of ${nic}`, after: ['network-online.target'], before: { mtu: String(now), ...before }, body: `ip link set dev ${quote(nic)} mtu ${wanted}\n` };
    yield* planScript(unit, boot);
    yield* planUnit(unit, boot);
  },

  output: ({ nic }, { found }) => ({ nic, mtu: Number(found) }),
});
