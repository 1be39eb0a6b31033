import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { boot } from './node/boot.ts';
import { holder } from './node/holder.ts';
import { mount } from './node/mount.ts';
import { supervise } from './node/supervise.ts';
import { console_ } from './relay/console.ts';
import { relay } from './relay/relay.ts';
import { confine } from './safety/confine.ts';
import { guard } from './safety/guard.ts';

/** The programs of a lab, written out for it: they run when the process that started them, and its code, are long gone. */
export async function writeScripts(dir: string): Promise<void> {
  const bin = join(dir, 'bin');
  await mkdir(bin, { recursive: true });
  const files = {
    'holder.sh': holder,
    'supervise.sh': supervise,
    'boot.sh': boot,
    'mount.sh': mount,
    'relay.pl': relay,
    'console.pl': console_,
    'confine.pl': confine,
    'guard.pl': guard,
  };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(bin, name), text)));
}
