import { existsSync, readFileSync } from 'node:fs';

/** Whether machines must be emulated. A /dev/kvm on a processor that shows no virtualisation can be opened and is of no use. */
export function emulates(env: NodeJS.ProcessEnv = process.env): boolean {
  const said = env['PLINTH_VAGRANT_EMULATE'];
  if (said === '0' || said === '1') return said === '1';
  return !existsSync('/dev/kvm') || !/^flags\s*:.*\b(vmx|svm)\b/m.test(readFileSync('/proc/cpuinfo', 'utf8'));
}
