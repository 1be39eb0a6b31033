import { change, defineAction, defineModule, late, read, secret, sh, upload } from 'plinth';
import { z } from 'zod';

/** A module with a plain string, a late one and a secret, for the type tests. */
export const joinCluster = defineModule({
  name: 'joinCluster',
  summary: 'Joins a cluster.',
  args: z.strictObject({
    marker: z.string().describe('A file that is there once joined.'),
    token: late(z.string()).describe('The join token.'),
    password: secret().optional().describe('A password.'),
    tries: z.int().default(3).describe('How often to try.'),
  }),
  observe: ({ marker }) => ({ joined: read.text(marker), live: read.sysctl('net.ipv4.ip_forward') }),
  *plan({ marker, token }, { joined }) {
    if (joined === undefined) yield change(marker, undefined, 'joined', sh`join --token ${token} && touch ${marker}`);
  },
});

/** A module with an output. */
export const mint = defineModule({
  name: 'mint',
  summary: 'Mints credentials.',
  args: z.strictObject({ ttl: z.string().describe('How long they live.') }),
  observe: () => ({}),
  *plan({ ttl }) {
    yield change('token', undefined, 'minted', sh`mint --ttl ${ttl}`, { event: true });
  },
  output: () => ({ token: 'x', at: 1 }),
});

export const textFile = defineModule({
  name: 'textFile',
  summary: 'A file with a text.',
  args: z.strictObject({ path: z.string().describe('Where.'), content: z.string().describe('What.') }),
  observe: ({ path }) => ({ found: read.text(path) }),
  *plan({ path, content }, { found }) {
    if (found !== content) yield change(path, found, content, upload({ path, content, mode: '0644', owner: 'root', group: 'root' }));
  },
});

export const restart = defineAction({
  name: 'restart',
  summary: 'Restarts a unit.',
  args: z.strictObject({ unit: z.string().describe('The unit.') }),
  run: ({ unit }) => sh`systemctl restart ${unit}`,
});
