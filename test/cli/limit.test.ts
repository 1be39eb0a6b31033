import { describe, expect, it } from 'vitest';
import { selectHosts } from '../../src/cli/fleet/limit.ts';

const names = ['cp1', 'cp2', 'w1', 'w2', 'w10', 'db.lan'];
const fleet = {
  hosts: names.map((name) => ({ name, groups: [], vars: {} })),
  groups: { controlPlane: ['cp1', 'cp2'], workers: ['w1', 'w2', 'w10'], none: [] },
};

describe('selectHosts', () => {
  it.each([
    ['all', names],
    ['w2,cp1', ['cp1', 'w2']],
    ['workers', ['w1', 'w2', 'w10']],
    ['w*', ['w1', 'w2', 'w10']],
    ['w?', ['w1', 'w2']],
    ['[cd]*', ['cp1', 'cp2', 'db.lan']],
    ['[!c]*', ['w1', 'w2', 'w10', 'db.lan']],
    ['db.l*', ['db.lan']],
    ['control*', ['cp1', 'cp2']],
    ['!workers', ['cp1', 'cp2', 'db.lan']],
    ['workers,!w2', ['w1', 'w10']],
    ['none, w1', ['w1']],
  ])('%s', (pattern, hosts) => expect(selectHosts(pattern, fleet)).toEqual(hosts));

  it.each([
    ['w3', 'no host or group fits "w3"; is it "w1"?'],
    ['dbxlan', 'is it "db.lan"?'],
    ['!wrkers', 'is it "workers"?'],
    ['x*', 'no host or group fits "x*"'],
    ['w1,!workers', 'no host is left'],
    ['none', 'no host is left'],
    [',', 'the limit is empty'],
  ])('refuses %s', (pattern, message) => expect(() => selectHosts(pattern, fleet)).toThrow(message));
});
