// Checked by tsc alone: what a module's record says about itself reaches its functions, and nothing else does.
import { change, defineAction, defineModule, type Late, late, read, type Secret, secret, sh } from 'plinth';
import { z } from 'zod';
import { type Equal, is } from './equal.ts';

defineModule({
  name: 'typed',
  summary: 'Shows what follows from what.',
  args: z.strictObject({ path: z.string(), mode: z.string().default('0644'), token: late(z.string()), password: secret() }),
  observe: (args) => {
    is<Equal<typeof args.mode, string>>();
    is<Equal<typeof args.token, Late<string>>>();
    is<Equal<typeof args.password, Secret<string>>>();
    return { text: read.text(args.path), stat: read.stat(args.path), sum: read.sha256(args.path) };
  },
  *plan({ path, token, password }, observed) {
    is<Equal<typeof observed.text, string | undefined>>();
    // @ts-expect-error not a reading of this module
    void observed.txet;
    // @ts-expect-error a late value has no text yet
    const text: string = token;
    // @ts-expect-error nor is it a condition's number
    if (token > 1) return;
    yield change(path, observed.text, 'new', sh`login ${token} ${password} ${text}`);
    // @ts-expect-error what is found is a text or nothing, never a late value
    yield change(path, token, 'new', sh`true`);
    // @ts-expect-error what mends it is an effect, not a string
    yield change(path, undefined, 'new', 'true');
  },
});

defineModule({
  name: 'impure',
  summary: 'A module does not wait.',
  args: z.strictObject({}),
  observe: () => ({}),
  // @ts-expect-error a plan is not async
  async *plan() {},
});

defineModule({
  name: 'wordy',
  summary: 'A plan yields changes and refusals.',
  args: z.strictObject({}),
  observe: () => ({}),
  // @ts-expect-error not strings
  *plan() {
    yield 'true';
  },
});

// @ts-expect-error an action has one script
defineAction({ name: 'x', summary: 'X.', args: z.strictObject({}), run: () => 'systemctl restart x' });
