import { type Judged, ok, warn } from '../finding.ts';

/** @param said what `ssh -V` printed; undefined where there is no ssh. */
export function judgeOpenssh(said: string | undefined): Judged {
  const what = 'OpenSSH';
  if (said === undefined) return warn(what, 'not installed', 'The built-in client serves most hosts. Certificates, FIDO keys, Match exec and newest key exchanges need OpenSSH: install openssh-client.');
  const version = /OpenSSH\w*_(\d+)\.(\d+)\S*/.exec(said);
  if (!version) return warn(what, `\`ssh -V\` says: ${said.trim().slice(0, 100)}`, 'This is not OpenSSH; ssh_config is then read by Plinth itself, without Match exec.');
  const shown = version[0].replace(/,$/, '');
  // `ssh -G` prints what is needed since 6.8; accept-new came with 7.6.
  return Number(version[1]) * 100 + Number(version[2]) < 706 ? warn(what, shown, 'It is older than 7.6 and lacks StrictHostKeyChecking=accept-new: update openssh-client.') : ok(what, shown);
}
