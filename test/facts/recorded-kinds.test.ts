import { describe, expect, it } from 'vitest';
import { read } from '../../src/contract/index.ts';
import { answer, type Shell, shells } from './shell.ts';
import { withPrograms } from './stubs.ts';

const systemctlShow = `LoadState=loaded
ActiveState=active
SubState=running
UnitFileState=enabled
Type=notify
RemainAfterExit=no
NeedDaemonReload=yes
Result=success
ConditionResult=yes
ConditionTimestampMonotonic=2143215

LoadState=not-found
ActiveState=inactive
SubState=dead
UnitFileState=
Type=

LoadState=loaded
ActiveState=inactive
SubState=dead
UnitFileState=static
Type=oneshot
RemainAfterExit=no
NeedDaemonReload=no
Result=success
ConditionResult=no
ConditionTimestampMonotonic=0`;

// The applets of busybox sh come before PATH: a stub of one (rpm is such) would not be called.
const hasOwnRpm = (shell: Shell): boolean => shell === 'busybox sh';

describe.each(shells)('what other systems answer, by %s', (shell: Shell) => {
  it('gives each unit its block of one systemctl show', async () => {
    const { kind } = read.unit('x');
    const units = ['ssh.service', 'none.service', 'fstrim.service'];
    const texts = await withPrograms({ systemctl: `cat <<'E'\n${systemctlShow}\nE` }, ['cat'], (env) => answer(shell, kind, units, env));
    const [ssh, none, fstrim] = texts.map((text) => kind.parse(text, ''));
    expect(ssh).toEqual({ load: 'loaded', active: 'active', sub: 'running', file: 'enabled', type: 'notify', remainAfterExit: false, needDaemonReload: true, result: 'success', conditions: true });
    expect(none).toBeUndefined();
    expect(fstrim).toMatchObject({ file: 'static', type: 'oneshot', conditions: true });
  });

  it('says what systemctl says where systemd does not run', async () => {
    const { kind } = read.unit('x');
    const systemctl = 'echo "System has not been booted with systemd as init system (PID 1). Can\'t operate." >&2; exit 1';
    await expect(withPrograms({ systemctl }, ['cat'], (env) => answer(shell, kind, ['ssh.service'], env))).rejects.toThrow('not been booted with systemd');
  });

  it('knows when a unit was started: to the microsecond, or to the second by an old systemd', async () => {
    const { kind } = read.unitStart('x');
    const block = (fraction: string) => `ActiveState=active\nExecMainStartTimestamp=Fri 2026-11-20 18:31:00${fraction} UTC\nActiveEnterTimestamp=Fri 2026-11-20 18:31:01${fraction} UTC`;
    const modern = `cat <<'E'\n${block('.123456')}\n\nActiveState=inactive\nExecMainStartTimestamp=Fri 2026-11-20 18:31:00.5 UTC\nActiveEnterTimestamp=\n\nActiveState=active\nActiveEnterTimestamp=Fri 2026-11-20 18:31:01.25 UTC\nE`;
    const found = (await withPrograms({ systemctl: modern }, ['cat'], (env) => answer(shell, kind, ['a.service', 'b.service', 'c.timer'], env))).map((text) => kind.parse(text, ''));
    expect(found[0]).toBeCloseTo(Date.parse('2026-11-20T18:31:00.123Z') + 0.456, 2);
    expect(found.slice(1)).toEqual([undefined, Date.parse('2026-11-20T18:31:01.250Z')]);

    const old = `case $* in *--timestamp*) echo "unrecognized option '--timestamp=us+utc'" >&2; exit 1;; esac\n[ "$TZ" = UTC ] || exit 3\ncat <<'E'\n${block('')}\nE`;
    const [text] = await withPrograms({ systemctl: old }, ['cat'], (env) => answer(shell, kind, ['a.service'], env));
    expect(kind.parse(text, '')).toBe(Date.parse('2026-11-20T18:31:00Z'));
  });

  it('tells installed from half-installed, removed and held by dpkg', async () => {
    const { kind } = read.package('x');
    const names = ['good', 'gone', 'half', 'held', 'purged', 'multi:i386'];
    const dpkg = 'printf "good|amd64|ii |1.0-1\\ngone|amd64|rc |2.0\\nhalf|amd64|iF |3.0\\nheld|all|hi |4.0\\nmulti|amd64|un |\\nmulti|i386|ii |5.0\\n"; exit 1';
    const texts = await withPrograms({ 'dpkg-query': dpkg }, ['cat'], (env) => answer(shell, kind, names, env));
    expect(texts.map((text) => kind.parse(text, ''))).toEqual([
      { version: '1.0-1', held: false, broken: false },
      undefined,
      { version: '3.0', held: false, broken: true },
      { version: '4.0', held: true, broken: false },
      undefined,
      { version: '5.0', held: false, broken: false },
    ]);
  });

  it.skipIf(hasOwnRpm(shell))('understands rpm, which tells of missing packages in between', async () => {
    const { kind } = read.package('x');
    const rpm = 'printf "curl|x86_64|ii |8.9.1-2.fc44\\npackage nonesuch is not installed\\n"; exit 1';
    const [curl, none] = (await withPrograms({ rpm }, ['cat', 'grep'], (env) => answer(shell, kind, ['curl', 'nonesuch'], env))).map((text) => kind.parse(text, ''));
    expect(curl).toEqual({ version: '8.9.1-2.fc44', held: false, broken: false });
    expect(none).toBeUndefined();
  });

  it.skipIf(hasOwnRpm(shell))('says so where there is no package manager it knows', async () => {
    await expect(withPrograms({}, ['cat'], (env) => answer(shell, read.package('x').kind, ['curl'], env))).rejects.toThrow('neither dpkg nor rpm');
  });

  it('reads groups of an account from all groups, a password state from shadow', async () => {
    const { kind } = read.account('x');
    const getent = `case $1 in
passwd) printf 'deploy:x:1500:1500:Deploy, Room 1:/home/deploy:/bin/bash\\nno-pw:x:1501:100::/:/bin/sh\\n'; exit 2;;
shadow) printf 'deploy:!:19000::::::\\nno-pw::19000::::::\\n'; exit 2;;
group) printf 'users:x:100:\\ndeploy:x:1500:\\nvideo:x:44:deploy,other\\nadm:x:4:syslog,deploy\\n';;
esac`;
    const texts = await withPrograms({ getent }, ['cat'], (env) => answer(shell, kind, ['missing', 'deploy', 'no-pw'], env));
    expect(texts.map((text) => kind.parse(text, ''))).toEqual([
      undefined,
      { uid: 1500, gid: 1500, group: 'deploy', comment: 'Deploy, Room 1', home: '/home/deploy', shell: '/bin/bash', groups: ['adm', 'video'], password: 'locked' },
      { uid: 1501, gid: 100, group: 'users', comment: '', home: '/', shell: '/bin/sh', groups: [], password: 'empty' },
    ]);
  });
});

describe('files of kernel parameters', () => {
  const { kind } = read.sysctlFiles();
  const text = `/etc/sysctl.d/90-a.conf
/etc/sysctl.d/99-sysctl.conf
/run/sysctl.d/95-masked.conf
/usr/lib/sysctl.d/50-default.conf
/usr/lib/sysctl.d/95-masked.conf
/usr/lib/sysctl.d/90-a.conf
/etc/sysctl.conf

/etc/sysctl.d/90-a.conf:1:net.ipv4.ip_forward=1
/etc/sysctl.d/90-a.conf:3:  net/ipv4/conf/eth0.20/rp_filter   =  2
/usr/lib/sysctl.d/50-default.conf:9:-net.ipv4.ping_group_range = 0	2147483647
/usr/lib/sysctl.d/95-masked.conf:1:kernel.panic = 1
/usr/lib/sysctl.d/90-a.conf:1:net.ipv4.ip_forward = 0
/etc/sysctl.conf:5:vm.swappiness = 60`;

  it('come by name whatever their folder, hide others of their name, and /etc/sysctl.conf is last', () => {
    expect(kind.parse(text, '')?.map(({ file, line, key, value }) => `${file}:${line} ${key}=${value}`)).toEqual([
      '/usr/lib/sysctl.d/50-default.conf:9 net.ipv4.ping_group_range=0 2147483647',
      '/etc/sysctl.d/90-a.conf:1 net.ipv4.ip_forward=1',
      '/etc/sysctl.d/90-a.conf:3 net.ipv4.conf.eth0/20.rp_filter=2',
      '/etc/sysctl.conf:5 vm.swappiness=60',
    ]);
  });

  it('may be none at all', () => {
    expect(kind.parse(undefined, '')).toBeUndefined();
  });
});

describe('swap', () => {
  it('is told by device, unit and service', () => {
    const text = 'active|/dev/zram0|partition|8388604\nunit|dev-zram0.swap||no\nunit|dev-disk-by\\x2duuid-2.swap|/etc/fstab|yes\nservice|dphys-swapfile.service\n';
    expect(read.swaps().kind.parse(text, '')).toEqual({
      active: [{ name: '/dev/zram0', type: 'partition', sizeMiB: 8192 }],
      units: [
        { name: 'dev-zram0.swap', source: '', masked: false },
        { name: 'dev-disk-by\\x2duuid-2.swap', source: '/etc/fstab', masked: true },
      ],
      services: ['dphys-swapfile.service'],
    });
  });
});
