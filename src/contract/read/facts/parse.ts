import { type Facts, factsSchema } from '../facts.ts';
import { parseNics } from './nics.ts';
import { readLines } from './lines.ts';
import { parseRoute } from './route.ts';
import { parseVirtualization } from './virtualization.ts';

/** Understands what the script of facts put. Skew is left at 0: only who received the answer knows when it came. */
export function parseFacts(text: string | undefined): Facts {
  const said = readLines(text ?? '');
  const os = parseOs(said.all('os'));
  const release = said.one('release');
  const board = said.one('board');
  const virtualization = parseVirtualization(said);
  return factsSchema.parse({
    hostname: said.one('hostname'),
    machineId: said.one('machineId'),
    hardware: board || [said.one('vendor'), said.one('product')].filter(Boolean).join(' '),
    os,
    kernel: { release, version: parseVersion(release), config: said.one('config') || null, cmdline: said.one('cmdline') },
    arch: said.one('arch'),
    cpus: { count: countCpus(said.one('cpus')), model: said.one('cpu').replace(/^[^:]*:\s*/, '') || board },
    memoryMiB: Math.round(Number(said.one('memory')) / 1024),
    swapMiB: Math.round(Number(said.one('swap')) / 1024),
    nics: parseNics(said),
    defaultRoute: parseRoute(said),
    cgroup: said.one('cgroup'),
    init: said.one('init'),
    packageManager: said.one('packages') || 'none',
    ...virtualization,
    bootId: said.one('bootId'),
    rebootPending: said.one('reboot') === 'yes',
    clockMs: parseClock(said.one('clock')),
    clockSkewMs: 0,
    timeSync: said.one('sync') || null,
  });
}

/** `6.12.34+rpt-rpi-2712` is 6.12.34; what has no third number has 0. */
export function parseVersion(release: string): [number, number, number] {
  const [, major = '0', minor = '0', patch = '0'] = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(release) ?? [];
  return [Number(major), Number(minor), Number(patch)];
}

function parseOs(lines: readonly string[]): Facts['os'] {
  const os = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) os.set(name, value.replace(/^(['"])(.*)\1$/, '$2').replace(/\\(.)/g, '$1'));
  }
  const of = (name: string) => os.get(name) ?? '';
  return { id: of('ID') || 'linux', like: of('ID_LIKE').split(' ').filter(Boolean), version: of('VERSION_ID'), codename: of('VERSION_CODENAME'), pretty: of('PRETTY_NAME') };
}

/** `0-3,8` is five. */
const countCpus = (online: string): number =>
  online.split(',').reduce((sum, range) => {
    const [from = 0, to = from] = range.split('-').map(Number);
    return sum + to - from + 1;
  }, 0);

/** Seconds and their fraction; busybox may know no %N, and then the middle of the second is the best guess. */
function parseClock(text: string): number {
  const [, seconds = '0', fraction] = /^(\d+)\.(\d{9})?/.exec(text) ?? [];
  return Number(seconds) * 1000 + (fraction === undefined ? 500 : Math.floor(Number(fraction) / 1e6));
}

