import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Target } from '../target/target.ts';

/** Environment for an ssh that may have to ask: the answers are in our own processes' environment, not in argv or a file. */
export async function askpassEnv(dir: string, target: Target): Promise<NodeJS.ProcessEnv> {
  const env = { ...process.env, LC_ALL: 'C' };
  if (target.password === undefined && target.passphrase === undefined) return env;
  const script = join(dir, 'askpass');
  await writeFile(script, '#!/bin/sh\ncase $1 in *passphrase*) printf "%s\\n" "$PLINTH_PASSPHRASE";; *) printf "%s\\n" "$PLINTH_PASSWORD";; esac\n', { mode: 0o700 });
  return { ...env, SSH_ASKPASS: script, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: process.env['DISPLAY'] ?? ':', PLINTH_PASSWORD: target.password ?? '', PLINTH_PASSPHRASE: target.passphrase ?? '' };
}
