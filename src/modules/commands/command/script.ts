import { type Late, quote, Script, sh } from '../../../contract/index.ts';

export interface Run {
  readonly run: string | readonly string[] | Script;
  readonly okCodes: readonly number[];
  readonly cwd?: string | undefined;
  readonly env: Readonly<Record<string, string | Late<string>>>;
  readonly stdin?: string | Late<string> | undefined;
  readonly as?: string | undefined;
}

/** What is run, on one short line. */
export function shownRun(run: Run['run']): string {
  const text = run instanceof Script ? run.show() : typeof run === 'string' ? run : run.map(quote).join(' ');
  const [line = '', ...more] = text.trim().split('\n');
  return line.length > 72 || more.length > 0 ? `${line.slice(0, 72)}...` : line;
}

/** The command with all that surrounds it. Its exit status is looked at outside of it, so that `set -e` holds inside. */
export function scriptOf({ run, okCodes, cwd, env, stdin, as }: Run): Script {
  const body = as === undefined ? ownShell(run) : otherUser(as);
  return sh.lines([
    ...(cwd === undefined ? [] : [sh`cd -- ${cwd}`]),
    ...Object.entries(env).map(([name, value]) => sh`${sh.raw(name)}=${value}; export ${sh.raw(name)}`),
    ...(as === undefined ? [] : [carried(run), sh`HOME=~${sh.raw(as)} USER=${as} LOGNAME=${as}; export PLINTH_RUN HOME USER LOGNAME`]),
    sh`set +e`,
    stdin === undefined ? body : sh`printf %s ${stdin} | { ${body}
}`,
    sh`code=$?`,
    judged(okCodes),
  ]);
}

const ownShell = (run: Run['run']): Script => (run instanceof Script ? sh`(
set -e +u
${run}
)` : sh`( set -e +u; eval ${textOf(run)} )`);

/** The text goes by the environment, which only that user and root can read; a command line all can. */
const otherUser = (user: string): Script => {
  const text = 'run=$PLINTH_RUN; unset PLINTH_RUN; set -e; eval "$run"';
  return sh`if command -v runuser >/dev/null 2>&1; then runuser -u ${user} -- /bin/sh -c ${text}; else su -s /bin/sh ${user} -c ${text}; fi`;
};

/** Late values in it stand in a here-document, quoted as words of the text that will be evaluated. */
const carried = (run: Run['run']): Script => (run instanceof Script ? new Script(["PLINTH_RUN=$(cat <<'PLINTH_END_OF_RUN'\n", ...run.parts, '\nPLINTH_END_OF_RUN\n)']) : sh`PLINTH_RUN=${textOf(run)}`);

const textOf = (run: string | readonly string[]): string => (typeof run === 'string' ? run : `exec ${run.map(quote).join(' ')}`);

function judged(okCodes: readonly number[]): Script {
  const others = okCodes.filter((code) => code !== 0);
  const zero = okCodes.includes(0) ? '0) ;;' : '0) echo "exit code 0 is not among okCodes" >&2; exit 1 ;;';
  const ok = others.length > 0 ? `\n${others.join('|')}) echo "exit code $code is taken as success" >&2 ;;` : '';
  return sh.raw(`case $code in\n${zero}${ok}\n*) exit "$code" ;;\nesac`);
}
