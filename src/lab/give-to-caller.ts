import { chown, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Under sudo, hands files to the user who called it, so that `plinth apply` on the lab needs no root; and the directories
 * above the lab that `up` may have made, so that the user's later runs can write beside it.
 */
export async function giveToCaller(files: readonly string[], dir: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const [uid, gid] = [Number(env.SUDO_UID), Number(env.SUDO_GID)];
  if (!(uid > 0 && gid >= 0)) return;
  for (const file of files) await chown(file, uid, gid);
  const [labs, plinth] = [dirname(dir), dirname(dirname(dir))];
  if (!plinth.endsWith('/.plinth') || (await stat(dirname(plinth))).uid !== uid) return;
  for (const made of [labs, plinth]) if ((await stat(made)).uid === 0) await chown(made, uid, gid);
}
