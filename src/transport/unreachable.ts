import { PlinthError } from '../contract/diagnostic.ts';
import type { Target } from './target/target.ts';

/** No connection. `passing`: it may be there in a moment. */
export class Unreachable extends PlinthError {
  readonly passing: boolean;
  constructor(target: Pick<Target, 'host' | 'address' | 'port'>, why: string, passing: boolean) {
    super({ cause: 'unreachable', host: target.host, summary: `no connection to ${target.address}:${target.port}: ${why}`, hint: hints.find(([pattern]) => pattern.test(why))?.[1] ?? `Try it by hand: ssh -p ${target.port} ${target.address}` });
    this.passing = passing;
  }
}

const hints: readonly (readonly [RegExp, string])[] = [
  [/refused/, 'The machine is there, but nothing listens on that port: is sshd running, and is the port right?'],
  [/timed out/, 'Is the machine up? Does a firewall drop the packets? Is the address right?'],
  [/not known/, 'Is the name right? Give an address in the inventory (ssh: { address: ... }) if it has no DNS entry.'],
  [/no route|network is unreachable/, 'Is the network there, and the VPN up?'],
];
