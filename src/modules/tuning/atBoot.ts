import { type Change, change, type Observed, read, type Script, sh } from '../../contract/index.ts';

/** Something that is lost at every boot and done again then: one script, and one unit that runs it. */
export interface AtBoot {
  /** Part of the names of both, e.g. `irq-eth0`. */
  readonly name: string;
  readonly description: string;
  /** Units that come first. */
  readonly after: readonly string[];
  /** Restarting one of these runs it again. */
  readonly partOf?: readonly string[];
  /** How it was before Plinth changed it, by name: it is kept in the script, and restored when the tuning is taken away. */
  readonly before: Readonly<Record<string, string>>;
  /** POSIX sh. What it cannot do it says and goes on. */
  readonly body: string;
}

// /usr/local/sbin: what lies there may be run by systemd where SELinux watches.
const scriptPath = (name: string): string => `/usr/local/sbin/plinth-${name}`;
const unitName = (name: string): string => `plinth-${name}.service`;
const unitPath = (name: string): string => `/etc/systemd/system/${unitName(name)}`;

export const observeAtBoot = (name: string) => ({ script: read.text(scriptPath(name)), definition: read.text(unitPath(name)), unit: read.unit(unitName(name)) });
type Found = Observed<ReturnType<typeof observeAtBoot>>;

/** How it was before Plinth came, as its script on the node remembers it. */
export const rememberedIn = (script: string | undefined): Record<string, string> => Object.fromEntries([...(script ?? '').matchAll(/^# before: ([^=\n]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));

/**
 * The script, which also remembers how it was before. It comes before the first live change, so that a run that is cut off
 * forgets nothing; until its unit is enabled it does nothing.
 */
export function* planScript(wanted: AtBoot, { script }: Pick<Found, 'script'>): Iterable<Change> {
  const path = scriptPath(wanted.name);
  const text = scriptText(wanted);
  if (script !== text) yield change(path, script, text, writing(path, text, '0755'));
}

/** The unit that runs the script at every boot. It comes when the live changes have proved right. */
export function* planUnit(wanted: AtBoot, { definition, unit }: Pick<Found, 'definition' | 'unit'>): Iterable<Change> {
  const { name } = wanted;
  const text = unitText(wanted);
  if (definition !== text) yield change(unitPath(name), definition, text, sh.lines([writing(unitPath(name), text, '0644'), sh`systemctl daemon-reload`]));
  const state = stateOf(unit);
  if (state !== 'enabled, active') yield change(unitName(name), state, 'enabled, active', sh.lines([sh`systemctl enable -- ${unitName(name)}`, sh`systemctl restart -- ${unitName(name)}`]));
}

/** What makes an end of it. The live values are not its own: whoever set them restores them. */
export function* planNotAtBoot(name: string, { script, definition, unit }: Found): Iterable<Change> {
  if (unit && stateOf(unit) !== 'disabled, inactive') yield change(unitName(name), stateOf(unit), 'disabled, inactive', sh`systemctl disable --now -- ${unitName(name)}`);
  if (definition !== undefined) yield change(unitPath(name), definition, undefined, sh.lines([sh`rm -f -- ${unitPath(name)}`, sh`systemctl daemon-reload`, sh`systemctl reset-failed -- ${unitName(name)} 2>/dev/null || :`]));
  if (script !== undefined) yield change(scriptPath(name), script, undefined, sh`rm -f -- ${scriptPath(name)}`);
}

const stateOf = (unit: Found['unit']): string => `${unit?.file === 'enabled' ? 'enabled' : 'disabled'}, ${unit?.active ?? 'inactive'}`;

const scriptText = ({ name, before, body }: AtBoot): string => `#!/bin/sh
# Written by Plinth. ${unitName(name)} runs it at every boot.
${Object.entries(before).map(([key, value]) => `# before: ${key}=${value}\n`).join('')}export LC_ALL=C
${body.trimEnd()}
`;

const unitText = ({ name, description, after, partOf = [] }: AtBoot): string => `# Written by Plinth.
[Unit]
Description=${description}
${after.length > 0 ? `After=${after.join(' ')}\n` : ''}${after.includes('network-online.target') ? 'Wants=network-online.target\n' : ''}${partOf.length > 0 ? `PartOf=${partOf.join(' ')}\n` : ''}
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=${scriptPath(name)}

[Install]
WantedBy=multi-user.target
`;

/** A whole small file, put in place at once. */
export const writing = (path: string, text: string, mode: string): Script => sh`umask 022
mkdir -p -- ${path.slice(0, path.lastIndexOf('/'))}
printf %s ${text} >${`${path}.plinth`}
chmod ${mode} -- ${`${path}.plinth`}
mv -f -- ${`${path}.plinth`} ${path}
if [ -e /sys/fs/selinux/enforce ] && command -v restorecon >/dev/null 2>&1; then restorecon -- ${path}; fi`;
