import type { Diagnostic } from '../../contract/diagnostic.ts';

interface Guess {
  readonly sign: RegExp;
  readonly cause: string;
  readonly next: string;
}

/** What the last lines of common tools mean. The first that fits is told; a hint of the error itself comes before it. */
const guesses: readonly Guess[] = [
  { sign: /no space left on device|disk quota exceeded/i, cause: 'the disk is full', next: 'free some space there (df -h; df -i) and run again' },
  { sign: /read-only file system/i, cause: 'the file system is mounted read-only, often after a disk error', next: 'look at dmesg on the node, repair and remount it' },
  { sign: /could not get lock|dpkg frontend lock|is another process using it/i, cause: 'another package manager is at work, often unattended-upgrades', next: 'wait until it has ended and run again' },
  { sign: /dpkg was interrupted/i, cause: 'an earlier package installation was cut off', next: 'run `dpkg --configure -a` on the node and run again' },
  { sign: /temporary failure (in name resolution|resolving)|could not resolve host|name or service not known/i, cause: 'the node cannot resolve names', next: 'check /etc/resolv.conf and the network on the node' },
  { sign: /unable to locate package|has no installation candidate|no match for argument/i, cause: 'no configured source has that package', next: 'check its spelling and the package sources of the node' },
  { sign: /network is unreachable|no route to host/i, cause: 'the node has no route to where it wanted to go', next: 'check its default route and firewall' },
  { sign: /certificate (is not yet valid|has expired|verify failed)|certificate verification failed/i, cause: 'a TLS certificate was not accepted; a wrong clock is the usual reason', next: 'check the clock of the node (timedatectl) and its CA certificates' },
  { sign: /cannot allocate memory|out of memory|\boom\b|killed process/i, cause: 'the node ran out of memory', next: 'look at free -h and dmesg on the node' },
  { sign: /(?:: |^)([\w./+-]+): (?:command )?not found/im, cause: 'a program is missing on the node', next: 'install it in an earlier task' },
  { sign: /text file busy/i, cause: 'the program that is to be replaced is running', next: 'stop its service in an earlier task' },
  { sign: /address already in use/i, cause: 'another process has the port', next: 'find it with `ss -ltnp` on the node' },
  { sign: /permission denied|operation not permitted/i, cause: 'the step was not allowed to do this', next: 'check `become`, the mount options, and whether the node is a container' },
];

/** The likely cause of a failure, from its evidence; undefined where nothing is recognised. */
export function likelyCause(error: Diagnostic, lines: readonly string[]): { readonly cause: string; readonly next: string } | undefined {
  if (error.cause !== 'apply' && error.cause !== 'reading' && error.cause !== 'not-converged') return undefined;
  const evidence = [error.summary, error.detail ?? '', ...lines].join('\n');
  return guesses.find(({ sign }) => sign.test(evidence));
}
