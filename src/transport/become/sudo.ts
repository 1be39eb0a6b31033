import type { Reach } from '../../contract/connection.ts';
import type { Booted, BootOptions } from '../shell/boot.ts';
import type { Exec } from '../shell/link.ts';
export function rootShell(exec: Exec, who: Pick<Reach, 'host' | 'becomePassword'>, options: BootOptions): Promise<Booted> { throw new Error(`${who.host} ${typeof exec} ${options.timeout}`); }
