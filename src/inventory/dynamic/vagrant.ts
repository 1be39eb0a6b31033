import { basename, resolve } from 'node:path';
import { PlinthError } from '../../contract/index.ts';
import { lastLines, runProgram } from './program.ts';
import type { Source } from './source.ts';
import { hostBlocks, valuesOf } from './sshConfig.ts';

/** The running machines of a Vagrantfile: `vagrant:`, `vagrant:DIR`. Groups come from a file beside: `-i vagrant: -i groups.yaml`. */
export const vagrant: Source = {
  name: 'vagrant',
  summary: 'the machines of the Vagrantfile in a folder',
  age: 60_000,
  async load(argument, { cwd, env, timeout }) {
    const folder = resolve(cwd, argument === '' ? '.' : argument);
    const source = argument === '' ? 'vagrant' : `vagrant:${argument}`;
    const text = await runProgram({ argv: ['vagrant', 'ssh-config'], cwd: folder, env, timeout, source, missing: 'install Vagrant, or name the hosts in a file' });
    const blocks = hostBlocks(text).filter(({ names }) => names.length === 1);
    if (blocks.length === 0) throw new PlinthError({ cause: 'inventory', summary: `${source}: vagrant ssh-config names no machine`, ...(lastLines(text) === undefined ? {} : { detail: lastLines(text) ?? '' }), hint: '`vagrant up` starts them' });
    const hosts = blocks.map(({ names: [name = ''], settings }): [string, { ssh: object }] => {
      const one = (key: string): string | undefined => valuesOf(settings.get(key) ?? '')[0];
      const [address, port, user, identityFile, proxyCommand] = [one('hostname'), one('port'), one('user'), one('identityfile'), settings.get('proxycommand')];
      return [name, { ssh: { address, ...(port === undefined ? {} : { port: Number(port) }), user, identityFile, proxyCommand } }];
    });
    return { text: JSON.stringify({ hosts: Object.fromEntries(hosts) }, undefined, 2), label: `vagrant:${basename(folder)}` };
  },
};
