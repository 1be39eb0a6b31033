import { randomBytes } from 'node:crypto';
import type { Exec, ShellLink } from '../shell/link.ts';

/** How long sudo may take on a terminal, in ms: PAM delays a refusal by seconds. */
const patience = 20_000;

/**
 * Whether sudo behaves differently on a terminal (`Defaults requiretty`): it lets us in there, or it refuses in other
 * words. Which words is not looked at.
 */
export async function wantsTerminal(exec: Exec): Promise<boolean> {
  const mark = randomBytes(6).toString('hex');
  const command = `exec /bin/sh -c 'echo ${mark}; sudo -n true 2>&1; echo $?; echo ${mark}'`;
  const [plain, terminal] = [await said(await exec(command)), await said(await exec(command, { pty: true }))].map((text) => text.split(mark)[1]?.replaceAll('\r', ''));
  return plain !== undefined && terminal !== undefined && plain !== terminal;
}

/**
 * Root's shell where sudo wants a terminal. Only sudo gets one: a terminal merges the streams and mangles bytes, so the
 * shell itself stands on three fifos in a private directory, and a second channel without a terminal serves them.
 * Undefined where sudo refuses here too.
 */
export async function terminalShell(exec: Exec, password: string | undefined): Promise<ShellLink | undefined> {
  const mark = randomBytes(6).toString('hex');
  // Its directory comes as $0 and needs no quotes: mktemp chose it.
  const shell = `echo ${mark}in; exec <\\$0/0 >\\$0/1 2>\\$0/2; rm -rf \\$0; exec /bin/sh`;
  const sudo = password === undefined ? 'sudo -n --' : 'sudo -S -k -p "" --';
  const terminal = await exec(`exec /bin/sh -c 'umask 077; d=$(mktemp -d) || exit 1; trap "rm -rf $d" EXIT; trap "exit 1" HUP TERM; mkfifo "$d/0" "$d/1" "$d/2"; echo "${mark}dir$d:${mark}"; ${sudo} /bin/sh -c "${shell}" "$d"'`, { pty: true });
  terminal.stdin.on('error', () => undefined);
  if (password !== undefined) terminal.stdin.write(`${password}\n`);
  const dir = await directory(terminal, mark);
  if (dir === undefined) {
    terminal.destroy();
    return undefined;
  }
  const link = await exec(`exec /bin/sh -c 'exec 9<&0; d=${dir}; cat <&9 >"$d/0" & w=$!; cat <"$d/2" >&2 9<&- & cat <"$d/1" 9<&-; kill $w'`);
  return {
    ...link,
    destroy() {
      link.destroy();
      terminal.destroy();
    },
  };
}

/** The directory of the fifos, once root's shell is about to open them; undefined when it never gets there. */
function directory(terminal: ShellLink, mark: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let text = '';
    const timer = setTimeout(() => resolve(undefined), patience);
    const settle = (dir: string | undefined): void => {
      clearTimeout(timer);
      resolve(dir);
    };
    terminal.stderr.resume();
    terminal.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.includes(`${mark}in`)) settle(new RegExp(`${mark}dir(/[\\w./-]+):${mark}`).exec(text)?.[1]);
    });
    void terminal.ended.then(() => settle(undefined));
  });
}

async function said(link: ShellLink): Promise<string> {
  let text = '';
  link.stdout.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  link.stderr.resume();
  link.stdin.end();
  await link.ended;
  return text;
}
