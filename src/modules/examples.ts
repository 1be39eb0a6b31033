// Written by npm run docs from the cases of each module: do not edit.
import type { Shown } from './describe.ts';

export const examples: Readonly<Record<string, Shown>> = {
  "commands/assert": {
    "examples": [],
    "refuses": [
      "A condition is either looked at by the playbook or tested on the node.",
      "A condition that does not hold ends the task with its message and what the node said.",
      "All conditions that do not hold are told at once."
    ]
  },
  "commands/command": {
    "examples": [
      {
        "what": "A command runs as long as what it creates is not there.",
        "code": "task('tar -xzf /tmp/cni.tgz -C /opt/cni/bin', command, {\n  run: 'tar -xzf /tmp/cni.tgz -C /opt/cni/bin',\n  creates: '/opt/cni/bin/bridge',\n});"
      },
      {
        "what": "Without a guard it runs each time, as an event.",
        "code": "task('update-ca-certificates --fresh', command, {\n  run: ['update-ca-certificates', '--fresh'],\n  okCodes: [0, 2],\n});"
      },
      {
        "what": "Secrets and late values stand in the environment or the input, never on a command line.",
        "code": "task('kubeadm join 10.0.0.1:6443', command, {\n  run: 'kubeadm join 10.0.0.1:6443',\n  env: { TOKEN: earlier.output },\n  stdin: vars.secret,\n  as: 'ops',\n  cwd: '/srv',\n  removes: '/etc/x',\n});"
      },
      {
        "what": "A test says whether it is needed.",
        "code": "task('locale-gen', command, { run: 'locale-gen', unless: 'locale -a | grep -qix en_US.utf8' });"
      }
    ],
    "refuses": [
      "An environment variable has a proper name.",
      "A command is not empty."
    ],
    "output": {
      "ran": false,
      "code": 0,
      "stdout": "",
      "stderr": ""
    }
  },
  "commands/wait": {
    "examples": [
      {
        "what": "The opposite can be waited for.",
        "code": "task('/run/lock/migration', wait, { path: '/run/lock/migration', gone: true, interval: 5000 });"
      },
      {
        "what": "A port that is closed is waited for.",
        "code": "task('port 6443 on 127.0.0.1', wait, { port: 6443, timeout: 60000 });"
      },
      {
        "what": "A test of one's own can be waited for.",
        "code": "task('systemctl is-system-running', wait, { test: 'systemctl is-system-running' });"
      }
    ],
    "refuses": [
      "A node that cannot try a port says so, instead of calling it closed.",
      "Times are in milliseconds, and what looks like seconds is refused.",
      "One thing is waited for at a time."
    ]
  },
  "config/archive": {
    "examples": [
      {
        "what": "Directories are packed with names relative to the root.",
        "code": "task('/root/backup.tar.gz', archive, {\n  paths: ['/etc/kubernetes', '/var/lib/etcd'],\n  to: '/root/backup.tar.gz',\n});"
      },
      {
        "what": "It is packed again when something is newer.",
        "code": "task('/root/backup.zip', archive, { paths: ['/etc/kubernetes'], to: '/root/backup.zip' });"
      },
      {
        "what": "The archive is taken away.",
        "code": "task('/root/backup.tar', archive, { paths: ['/etc/kubernetes'], to: '/root/backup.tar', state: 'absent' });"
      }
    ],
    "refuses": [
      "An archive below what it holds would never be newer.",
      "What is to be packed must be there."
    ]
  },
  "config/copy": {
    "examples": [
      {
        "what": "Directories, files and links are made where there is nothing.",
        "code": "task('/srv/site', copy, {\n  to: '/srv/site',\n  from: {\n    name: 'site',\n    files: [\n      {\n        path: 'bin/run',\n        sha256: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',\n        size: 3,\n        executable: true,\n        content: earlier.output,\n      },\n      {\n        path: 'index.html',\n        sha256: 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',\n        size: 5,\n        executable: false,\n        content: earlier.output,\n      },\n    ],\n    links: [{ path: 'latest', target: 'bin/run' }],\n    directories: ['bin'],\n  },\n});"
      },
      {
        "what": "With delete everything else goes, each told, a directory once.",
        "code": "task('/srv/site/old', copy, {\n  to: '/srv/site',\n  delete: true,\n  from: {\n    name: 'site',\n    files: [\n      {\n        path: 'bin/run',\n        sha256: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',\n        size: 3,\n        executable: true,\n        content: earlier.output,\n      },\n      {\n        path: 'index.html',\n        sha256: 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',\n        size: 5,\n        executable: false,\n        content: earlier.output,\n      },\n    ],\n    links: [{ path: 'latest', target: 'bin/run' }],\n    directories: ['bin'],\n  },\n});"
      },
      {
        "what": "Only what differs is sent; a link in place of a file is replaced, permissions are mended alone.",
        "code": "task('/srv/site/bin/run mode', copy, {\n  to: '/srv/site',\n  from: {\n    name: 'site',\n    files: [\n      {\n        path: 'bin/run',\n        sha256: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',\n        size: 3,\n        executable: true,\n        content: earlier.output,\n      },\n      {\n        path: 'index.html',\n        sha256: 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',\n        size: 5,\n        executable: false,\n        content: earlier.output,\n      },\n    ],\n    links: [{ path: 'latest', target: 'bin/run' }],\n    directories: ['bin'],\n  },\n});"
      }
    ],
    "refuses": [
      "The folder is read by localTree.",
      "A directory in place of a file is not touched.",
      "In a directory of the system itself nothing is deleted."
    ]
  },
  "config/cron": {
    "examples": [
      {
        "what": "A job is written, its per cent signs kept from cron.",
        "code": "task('/etc/cron.d/backup', cron, {\n  name: 'backup',\n  schedule: '30  3 * jan-mar mon,wed',\n  user: 'backup',\n  run: 'backup --day \"$(date +%a)\"',\n  env: { MAILTO: '', PATH: '/usr/bin:/bin' },\n});"
      },
      {
        "what": "A job is taken away.",
        "code": "task('/etc/cron.d/backup', cron, { name: 'backup', state: 'absent' });"
      }
    ],
    "refuses": [
      "Every field has its range.",
      "Of names cron knows a few.",
      "A range goes upwards.",
      "A step wants a range before it.",
      "A schedule has five fields.",
      "A node without cron is refused."
    ]
  },
  "config/download": {
    "examples": [
      {
        "what": "A file is fetched from the first address that gives the right one.",
        "code": "task('/opt/kubelet', download, {\n  url: ['https://a.example/kubelet', 'http://b.example/kubelet'],\n  sha256: 'sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',\n  to: '/opt/kubelet',\n  mode: '0755',\n  proxy: 'http://proxy.example:3128',\n});"
      },
      {
        "what": "Another file in its place is replaced.",
        "code": "task('/opt/kubelet', download, {\n  url: 'https://a.example/kubelet',\n  sha256: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',\n  to: '/opt/kubelet',\n});"
      },
      {
        "what": "Without a digest a file that is there is taken to be right.",
        "code": "task('/opt/kubelet mode', download, {\n  url: 'https://a.example/kubelet',\n  trust: true,\n  to: '/opt/kubelet',\n  mode: '0600',\n});"
      },
      {
        "what": "The file is taken away.",
        "code": "task('/opt/kubelet', download, { to: '/opt/kubelet', state: 'absent' });"
      }
    ],
    "refuses": [
      "An address has a scheme.",
      "A digest is wanted, or a word that none is.",
      "Nobody is trusted over plain http."
    ]
  },
  "config/dropIn": {
    "examples": [
      {
        "what": "Settings are added, checked with the unit they are for, and loaded.",
        "code": "task('/etc/systemd/system/ssh.service.d/10-limits.conf', dropIn, {\n  unit: 'ssh',\n  name: '10-limits.conf',\n  sections: { Service: { LimitNOFILE: 1048576, ExecStartPre: ['', '/bin/true'] } },\n});"
      },
      {
        "what": "Permissions are mended alone.",
        "code": "task('/etc/systemd/system/ssh.service.d/10-limits.conf mode', dropIn, {\n  unit: 'ssh',\n  name: '10-limits',\n  text: '[Service]\\nLimitNOFILE=1048576\\n',\n});"
      },
      {
        "what": "A drop-in is taken away, with its directory when that becomes empty.",
        "code": "task('/etc/systemd/system/user@.service.d/10-limits.conf', dropIn, {\n  unit: 'user@',\n  name: '10-limits',\n  state: 'absent',\n});"
      },
      {
        "what": "Drop-ins that systemd has not read yet are loaded.",
        "code": "task('definition of ssh.service', dropIn, { unit: 'ssh', name: '10-limits', state: 'absent' });"
      }
    ],
    "refuses": [
      "The name is a file name."
    ]
  },
  "config/fetchFile": {
    "examples": [],
    "refuses": [
      "The path is absolute.",
      "Large files travel otherwise.",
      "A file that must be there is missed.",
      "Bytes that are no text want base64."
    ],
    "output": {
      "path": "/etc/hostname",
      "found": true,
      "content": "node1\n"
    }
  },
  "config/ini": {
    "examples": [
      {
        "what": "A new file is made of sections, without spaces unless asked for.",
        "code": "task('/etc/app.conf', ini, {\n  path: '/etc/app.conf',\n  create: true,\n  values: { net: { server: ['a', 'b'] }, log: { level: 'info' } },\n});"
      },
      {
        "what": "A value is replaced in its line, a new key goes behind the comment that shows its default.",
        "code": "task('/etc/app.conf', ini, {\n  path: '/etc/app.conf',\n  values: { Journal: { Storage: 'persistent' }, Log: { Level: 'info' } },\n  absent: { Log: ['Debug'] },\n});"
      },
      {
        "what": "A value over several lines is replaced whole.",
        "code": "task('/etc/app.conf', ini, {\n  path: '/etc/app.conf',\n  values: { unit: { After: 'a.service' } },\n  continued: 'backslash',\n});"
      },
      {
        "what": "Of a key that stands there several times the last line is changed and the others go.",
        "code": "task('/etc/app.conf', ini, { path: '/etc/app.conf', values: { a: { x: 9 } } });"
      }
    ],
    "refuses": [
      "A key cannot look like a comment.",
      "A value is one line.",
      "A key cannot be wanted and not wanted.",
      "A file that is none is refused with the place."
    ]
  },
  "config/journald": {
    "examples": [
      {
        "what": "Limits are written in the words of journald.",
        "code": "task('/etc/systemd/journald.conf.d/50-limits.conf', journald, {\n  name: '50-limits',\n  maxUse: '500M',\n  maxRetention: '2week',\n  storage: 'persistent',\n  compress: true,\n  rateLimitBurst: 0,\n  extra: { Audit: false },\n});"
      },
      {
        "what": "The file is taken away, with its directory when that becomes empty.",
        "code": "task('/etc/systemd/journald.conf.d/50-limits.conf', journald, { name: '50-limits', state: 'absent' });"
      }
    ],
    "refuses": [
      "A size has one of four units.",
      "A file without settings is not wanted."
    ]
  },
  "config/json": {
    "examples": [
      {
        "what": "A file that is not there is made when asked for.",
        "code": "task('/etc/docker/daemon.json', json, {\n  path: '/etc/docker/daemon.json',\n  values: { 'live-restore': true },\n  create: true,\n  mode: '0600',\n});"
      },
      {
        "what": "A key is set and one taken away, the rest stays as it is written.",
        "code": "task('/etc/docker/daemon.json', json, {\n  path: '/etc/docker/daemon.json',\n  values: { 'log-opts.max-size': '10m', 'dns[0]': '192.0.2.1' },\n  absent: ['debug'],\n});"
      },
      {
        "what": "Of a file that holds the values only permissions and owner are mended.",
        "code": "task('/etc/app.json mode', json, { path: '/etc/app.json', values: { a: 1 }, mode: '0600', owner: 'app' });"
      }
    ],
    "refuses": [
      "A path of keys has its own grammar.",
      "A place in a list cannot be absent, since the next item would move there.",
      "A file with comments is refused unless its reader is said to take them.",
      "Two arguments that lead to the same place are refused.",
      "Without create a file must be there."
    ]
  },
  "config/limits": {
    "examples": [
      {
        "what": "Limits are written in order.",
        "code": "task('/etc/security/limits.d/90-nofile.conf', limits, {\n  name: '90-nofile',\n  limits: [\n    { domain: '*', item: 'nofile', value: 1048576 },\n    { domain: '@audio', type: 'soft', item: 'rtprio', value: 95 },\n    { domain: 'app', type: 'hard', item: 'memlock', value: 'unlimited' },\n  ],\n});"
      },
      {
        "what": "The file is taken away.",
        "code": "task('/etc/security/limits.d/90-nofile.conf', limits, { name: '90-nofile', state: 'absent' });"
      }
    ],
    "refuses": [
      "Whom a limit is for has a grammar.",
      "An unlimited number of open files is refused, since with it nobody could log in any more."
    ]
  },
  "config/logrotate": {
    "examples": [
      {
        "what": "All that was asked for stands in one file.",
        "code": "task('/etc/logrotate.d/app', logrotate, {\n  name: 'app',\n  files: ['/var/log/app/*.log', '/var/log/my app.log'],\n  every: 'day',\n  keep: 14,\n  maxSize: '100M',\n  compress: 'later',\n  create: { mode: '0640', owner: 'app', group: 'adm' },\n  after: 'systemctl kill -s USR1 app\\n',\n  extra: ['nomail'],\n});"
      },
      {
        "what": "The file is taken away, the logs stay.",
        "code": "task('/etc/logrotate.d/app', logrotate, { name: 'app', state: 'absent' });"
      }
    ],
    "refuses": [
      "A size has one of three units.",
      "There is something to rotate.",
      "A node without logrotate is refused."
    ]
  },
  "config/mount": {
    "examples": [
      {
        "what": "A line is added, the rest of the file stays, and the file system is mounted.",
        "code": "task('/etc/fstab', mount, {\n  path: '/srv/data',\n  source: 'UUID=abcd',\n  fstype: 'ext4',\n  options: ['noatime', 'nofail'],\n  pass: 2,\n});"
      },
      {
        "what": "The line alone is seen to when asked for.",
        "code": "task('/etc/fstab', mount, { path: '/srv', source: '/dev/sdb1', fstype: 'xfs', state: 'configured' });"
      },
      {
        "what": "Options that the kernel tells otherwise are mended by mounting again in place.",
        "code": "task('options of /tmp', mount, {\n  path: '/tmp',\n  source: 'tmpfs',\n  fstype: 'tmpfs',\n  options: ['size=2G', 'mode=1777', 'nosuid'],\n});"
      },
      {
        "what": "A file system that someone unmounted is mounted again.",
        "code": "task('/srv', mount, { path: '/srv', source: '/dev/sdb1', fstype: 'xfs' });"
      },
      {
        "what": "It is unmounted before its line goes.",
        "code": "task('/srv', mount, { path: '/srv', state: 'absent' });"
      }
    ],
    "refuses": [
      "Options are given one by one.",
      "Swap is another matter.",
      "Something else that is mounted there is not touched."
    ]
  },
  "config/timer": {
    "examples": [
      {
        "what": "A timer and its service are made, and the timer is enabled and started.",
        "code": "task('/etc/systemd/system/backup.service', timer, {\n  name: 'backup',\n  schedule: ['daily', 'Mon *-*-* 12:00'],\n  run: ['/usr/bin/backup', 'a b', 'it\\'s 100% $HOME'],\n  user: 'backup',\n  environment: { LEVEL: '9 %' },\n  randomDelay: '5min',\n  service: { Nice: 10 },\n});"
      },
      {
        "what": "A running timer that changes is started again, so that it goes by the new times.",
        "code": "task('/etc/systemd/system/backup.timer', timer, {\n  name: 'backup',\n  schedule: 'weekly',\n  run: 'tar -c /srv | xz',\n});"
      },
      {
        "what": "A timer that someone stopped is started.",
        "code": "task('backup.timer at boot', timer, { name: 'backup', schedule: 'daily', run: 'tar -c /srv | xz' });"
      },
      {
        "what": "A timer is stopped and taken away with its service and what systemd remembers of it.",
        "code": "task('backup.timer', timer, { name: 'backup', state: 'absent' });"
      }
    ],
    "refuses": [
      "A list of words begins with the path of a program.",
      "The fields of cron are not understood by systemd, and the plan says so.",
      "A timer wants to know what to run."
    ]
  },
  "config/toml": {
    "examples": [
      {
        "what": "A new file is made of tables.",
        "code": "task('/etc/app.toml', toml, {\n  path: '/etc/app.toml',\n  create: true,\n  values: { title: 'x', 'server.port': 80, 'server.\"odd key\"': ['a'] },\n});"
      },
      {
        "what": "Keys are set in their tables, a new table goes behind its kin, comments stay.",
        "code": "task('/etc/containerd/config.toml', toml, {\n  path: '/etc/containerd/config.toml',\n  values: {\n    'plugins.\"io.containerd.grpc.v1.cri\".sandbox_image': 'registry.k8s.io/pause:3.10',\n    'plugins.\"io.containerd.grpc.v1.cri\".registry.config_path': '/etc/containerd/certs.d',\n  },\n  absent: ['imports'],\n});"
      }
    ],
    "refuses": [
      "TOML has no null.",
      "A file that is no TOML is refused with the place.",
      "A whole table is not overwritten by a value."
    ]
  },
  "config/unarchive": {
    "examples": [
      {
        "what": "An archive is unpacked beside its place, then put in.",
        "code": "task('/opt/cni/bin', unarchive, { archive: '/opt/cni.tgz', to: '/opt/cni/bin', strip: 1 });"
      },
      {
        "what": "With its digest an archive that an earlier task brings is counted on.",
        "code": "task('/opt/cni/bin', unarchive, {\n  archive: '/opt/cni.tgz',\n  to: '/opt/cni/bin',\n  sha256: 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',\n});"
      },
      {
        "what": "A member that is gone is brought back.",
        "code": "task('/opt/cni/bin', unarchive, { archive: '/opt/cni.tgz', to: '/opt/cni/bin' });"
      },
      {
        "what": "What it brought is taken away, and nothing else.",
        "code": "task('/opt/cni/bin', unarchive, { archive: '/opt/cni.tgz', to: '/opt/cni/bin', state: 'absent' });"
      }
    ],
    "refuses": [
      "What an archive is must be told.",
      "Without an archive there is nothing to do it with.",
      "A node without the program says so."
    ]
  },
  "config/unit": {
    "examples": [
      {
        "what": "A unit is made of sections, checked, and loaded.",
        "code": "task('/etc/systemd/system/worker.service', unit, {\n  name: 'worker',\n  sections: {\n    Unit: { Description: 'A worker', After: ['network-online.target', 'local-fs.target'] },\n    Service: { ExecStart: '/usr/bin/worker --all', Restart: 'always', PrivateTmp: true },\n    Install: { WantedBy: 'multi-user.target' },\n  },\n});"
      },
      {
        "what": "The link that masks a unit is replaced by the file.",
        "code": "task('/etc/systemd/system/worker.service', unit, { name: 'worker', text: '[Service]\\nExecStart=/bin/true\\n' });"
      },
      {
        "what": "A file that systemd has not read since it was changed is loaded.",
        "code": "task('definition of worker.service', unit, { name: 'worker', text: '[Service]\\nExecStart=/bin/true\\n' });"
      },
      {
        "what": "Of a template systemd tells nothing, its file is compared alone.",
        "code": "task('/etc/systemd/system/worker@.service', unit, {\n  name: 'worker@',\n  text: '[Service]\\nExecStart=/bin/true\\n',\n  verify: false,\n});"
      },
      {
        "what": "Where a package brings a unit of this name, only the file that hides it is taken away.",
        "code": "task('/etc/systemd/system/worker.service', unit, { name: 'worker', state: 'absent' });"
      },
      {
        "what": "A unit that is taken away is stopped and disabled first.",
        "code": "task('worker.service', unit, { name: 'worker', state: 'absent' });"
      }
    ],
    "refuses": [
      "A setting is one line.",
      "A unit is given by sections or as text, not by both."
    ]
  },
  "config/yaml": {
    "examples": [
      {
        "what": "A new file is begun.",
        "code": "task('/etc/app.yaml', yaml, { path: '/etc/app.yaml', create: true, values: { 'a.b': [1, { c: 'x' }] } });"
      },
      {
        "what": "Keys are set where they belong, comments and spelling of the rest stay.",
        "code": "task('/etc/app.yaml', yaml, {\n  path: '/etc/app.yaml',\n  values: { 'servers[0].port': 8080, 'log.level': 'info', debug: 'off' },\n  absent: ['old'],\n});"
      },
      {
        "what": "Of several documents one is changed.",
        "code": "task('/etc/app.yaml', yaml, { path: '/etc/app.yaml', values: { kind: 'Secret' }, document: 1 });"
      }
    ],
    "refuses": [
      "Nothing is set through an alias, since it would change another place too.",
      "Documents count from 0.",
      "A file that is no YAML is refused with the place."
    ]
  },
  "files/block": {
    "examples": [
      {
        "what": "A new block goes to the end.",
        "code": "task('/etc/dnsmasq.conf', block, { path: '/etc/dnsmasq.conf', name: 'peers', content: '10.0.0.1 a' });"
      },
      {
        "what": "What stands between the markers is replaced, all else stays.",
        "code": "task('/etc/dnsmasq.conf', block, {\n  path: '/etc/dnsmasq.conf',\n  name: 'peers',\n  content: '10.0.0.1 a\\n10.0.0.2 b\\n',\n});"
      },
      {
        "what": "A block whose end was lost takes nothing with it that may be somebody else's.",
        "code": "task('/etc/dnsmasq.conf', block, { path: '/etc/dnsmasq.conf', name: 'p', content: 'b' });"
      },
      {
        "what": "A new block goes behind the line named, with the comments of the file's own language.",
        "code": "task('/etc/x.xml', block, {\n  path: '/etc/x.xml',\n  name: 'peers',\n  content: '<a/>',\n  comment: '<!--',\n  commentEnd: '-->',\n  after: '^<root>',\n});"
      },
      {
        "what": "Of two blocks of one name the first is kept.",
        "code": "task('/etc/dnsmasq.conf', block, { path: '/etc/dnsmasq.conf', name: 'p', content: 'b' });"
      },
      {
        "what": "A block is taken away, markers and all.",
        "code": "task('/etc/dnsmasq.conf', block, { path: '/etc/dnsmasq.conf', name: 'peers', state: 'absent' });"
      }
    ],
    "refuses": [
      "A block wants content."
    ]
  },
  "files/directory": {
    "examples": [
      {
        "what": "A directory that is not there is made, its parents too.",
        "code": "task('/etc/kubernetes/pki', directory, { path: '/etc/kubernetes/pki/', mode: '0700' });"
      },
      {
        "what": "Permissions and owner are mended.",
        "code": "task('/srv/data mode', directory, { path: '/srv/data', mode: '2775', group: 'adm' });"
      },
      {
        "what": "With force it goes with all it holds.",
        "code": "task('/srv/data', directory, { path: '/srv/data', state: 'absent', force: true });"
      },
      {
        "what": "An empty directory is taken away.",
        "code": "task('/srv/data', directory, { path: '/srv/data', state: 'absent' });"
      }
    ],
    "refuses": [
      "A directory that holds something is not taken away without force.",
      "A directory of the system itself is never taken away with all it holds.",
      "A path says plainly where it leads.",
      "A file in its place is not touched."
    ]
  },
  "files/file": {
    "examples": [
      {
        "what": "A file that is not there is put in place with the permissions asked for.",
        "code": "task('/etc/ssh/sshd_config.d/10-root.conf', file, {\n  path: '/etc/ssh/sshd_config.d/10-root.conf',\n  content: 'PermitRootLogin no\\n',\n  mode: '0600',\n});"
      },
      {
        "what": "What was there is kept beside it when asked for.",
        "code": "task('/etc/motd~', file, { path: '/etc/motd', content: 'welcome\\n', backup: true });"
      },
      {
        "what": "Bytes are told by their digests.",
        "code": "task('/opt/logo.png', file, { path: '/opt/logo.png', content: Buffer.from('iVBORw0KGgo=', 'base64') });"
      },
      {
        "what": "Another content is replaced, owner and permissions are kept where nothing is said of them.",
        "code": "task('/etc/ssh/sshd_config.d/10-root.conf', file, {\n  path: '/etc/ssh/sshd_config.d/10-root.conf',\n  content: 'PermitRootLogin no\\n',\n  validate: 'sshd -t -f %s',\n});"
      },
      {
        "what": "A link is replaced by a file when it is not to be followed.",
        "code": "task('/etc/resolv.conf', file, { path: '/etc/resolv.conf', content: 'nameserver 192.0.2.1\\n', follow: false });"
      },
      {
        "what": "A file that is long or no text is told by its digest.",
        "code": "task('/etc/motd', file, { path: '/etc/motd', content: 'welcome\\n' });"
      },
      {
        "what": "Of a file with the right content only permissions and owner are mended.",
        "code": "task('/etc/motd mode', file, {\n  path: '/etc/motd',\n  content: 'welcome\\n',\n  mode: '0600',\n  owner: 'www-data',\n  group: 'www-data',\n});"
      },
      {
        "what": "Of another secret nothing is shown but that it differs.",
        "code": "task('/etc/app/token', file, { path: '/etc/app/token', content: vars.secret });"
      },
      {
        "what": "A secret is compared on the node and shown only by its name; its file is closed to others.",
        "code": "task('/etc/app/token', file, { path: '/etc/app/token', content: vars.secret });"
      },
      {
        "what": "A link is written through, and what it leads to keeps its owner.",
        "code": "task('/etc/resolv.conf', file, { path: '/etc/resolv.conf', content: 'nameserver 192.0.2.1\\n' });"
      },
      {
        "what": "Of a link the link itself is taken away, not what it leads to.",
        "code": "task('/etc/motd', file, { path: '/etc/motd', state: 'absent' });"
      },
      {
        "what": "A file is taken away, and what it held is shown.",
        "code": "task('/etc/motd', file, { path: '/etc/motd', state: 'absent' });"
      }
    ],
    "refuses": [
      "A directory is not taken for a file.",
      "Content is a text, bytes or a secret.",
      "A directory in its place is not touched.",
      "Permissions as a number are refused, since YAML reads 0644 as another number.",
      "A file wants its content.",
      "A path must be absolute."
    ]
  },
  "files/line": {
    "examples": [
      {
        "what": "Where no line fits, it is added behind the line named.",
        "code": "task('/etc/default/grub', line, {\n  path: '/etc/default/grub',\n  line: 'GRUB_DISABLE_OS_PROBER=true',\n  match: '^GRUB_DISABLE_OS_PROBER=',\n  after: '^GRUB_',\n});"
      },
      {
        "what": "Where no line fits, it is added before the line named.",
        "code": "task('/etc/default/grub', line, {\n  path: '/etc/default/grub',\n  line: 'GRUB_DISABLE_OS_PROBER=true',\n  before: '^GRUB_',\n});"
      },
      {
        "what": "Where no line fits, it is added at the end.",
        "code": "task('/etc/default/grub', line, { path: '/etc/default/grub', line: 'GRUB_DISABLE_OS_PROBER=true' });"
      },
      {
        "what": "A file that is not there is made when asked for.",
        "code": "task('/etc/modules', line, { path: '/etc/modules', line: 'br_netfilter', create: true });"
      },
      {
        "what": "Every line that fits is changed when asked for, so that none is lost.",
        "code": "task('/etc/systemd/system.conf', line, {\n  path: '/etc/systemd/system.conf',\n  match: '^#?Default.*=',\n  line: 'DefaultX=1',\n  every: true,\n});"
      },
      {
        "what": "The line that fits is replaced, all others stay.",
        "code": "task('/etc/default/grub', line, { path: '/etc/default/grub', match: '^GRUB_TIMEOUT=', line: 'GRUB_TIMEOUT=0' });"
      },
      {
        "what": "Of several lines that fit one is left.",
        "code": "task('/etc/ssh/sshd_config', line, {\n  path: '/etc/ssh/sshd_config',\n  match: '^#?Port ',\n  line: 'Port 22',\n  validate: 'sshd -t -f %s',\n});"
      },
      {
        "what": "Every line that fits is taken away.",
        "code": "task('/etc/fstab', line, { path: '/etc/fstab', match: '\\\\sswap\\\\s', state: 'absent' });"
      }
    ],
    "refuses": [
      "A pattern must be a regular expression.",
      "A pattern that the line itself does not fit is refused, since every run would add the line again.",
      "A file that is not there is not made unless asked for.",
      "A file that is no text in UTF-8 is not written back.",
      "A line is one line."
    ]
  },
  "files/link": {
    "examples": [
      {
        "what": "A link that is not there is made.",
        "code": "task('/etc/localtime', link, { path: '/etc/localtime', target: '/usr/share/zoneinfo/Europe/Berlin' });"
      },
      {
        "what": "With force an empty directory is replaced.",
        "code": "task('/opt/app', link, { path: '/opt/app', target: 'app-2', force: true });"
      },
      {
        "what": "With force a link takes the place of a file.",
        "code": "task('/etc/localtime', link, { path: '/etc/localtime', target: '/usr/share/zoneinfo/UTC', force: true });"
      },
      {
        "what": "A link to another place is replaced.",
        "code": "task('/etc/localtime', link, { path: '/etc/localtime', target: '/usr/share/zoneinfo/Europe/Berlin' });"
      },
      {
        "what": "A link is taken away.",
        "code": "task('/etc/localtime', link, { path: '/etc/localtime', state: 'absent' });"
      }
    ],
    "refuses": [
      "A file is not taken for a link.",
      "A file in its place is not replaced without force.",
      "A directory that holds something is never replaced.",
      "A link wants a target."
    ]
  },
  "files/template": {
    "examples": [
      {
        "what": "A template is put in place with its variables filled in.",
        "code": "const motd = defineTemplate({\n  file: new URL('../templates/motd.hbs', import.meta.url),\n  vars: z.strictObject({ owner: z.string() }),\n});\ntask('message of the day', template, { path: '/etc/motd', from: motd({ owner: vars.owner }), mode: '0644' });"
      },
      {
        "what": "A variable that changed shows as the lines that differ.",
        "code": "task('message of the day', template, { path: '/etc/motd', from: motd({ owner: 'ops' }) });"
      },
      {
        "what": "A template with a secret among its variables is shown by its name only.",
        "code": "task('settings', template, { path: '/etc/app.conf', from: app({ password: vars.password }) });"
      }
    ],
    "refuses": [
      "A template without its variables is refused."
    ]
  },
  "host/apparmor": {
    "examples": [
      {
        "what": "A profile only complains, and another is switched off.",
        "code": "task('profile usr.sbin.chronyd', apparmor, { profiles: { 'usr.sbin.chronyd': 'complain', runc: 'disable' } });"
      },
      {
        "what": "It is enforced again; a kernel without AppArmor has nothing to load.",
        "code": "task('profile runc', apparmor, { profiles: { runc: 'enforce' } });"
      }
    ],
    "refuses": [
      "A profile is named by its file.",
      "A profile that is not there."
    ]
  },
  "host/firewall": {
    "examples": [
      {
        "what": "A control plane that is open to the other nodes, and to everyone for ssh.",
        "code": "task('/etc/plinth/firewall.nft', firewall, {\n  trustedInterfaces: ['cilium_host', 'lxc*'],\n  trustedSources: ['10.0.0.0/24', '10.244.0.0/16', 'fd00::/64'],\n  ports: [\n    { port: 6443, from: ['192.168.1.0/24', 'fd01::/64'], why: 'Kubernetes API' },\n    { port: '30000-32767' },\n    { port: 51871, protocol: 'udp' },\n  ],\n  log: true,\n});"
      },
      {
        "what": "Somebody added a rule by hand.",
        "code": "task('firewall', firewall, { keepSsh: true });"
      },
      {
        "what": "firewalld has lists for plain ports and sources, and rich rules for ports from somewhere.",
        "code": "task('rules of firewalld', firewall, {\n  backend: 'firewalld',\n  ports: [{ port: 6443, from: ['10.0.0.0/24'] }, { port: '30000-32767', protocol: 'udp' }],\n  trustedSources: ['10.244.0.0/16'],\n});"
      },
      {
        "what": "ufw is told what is missing, and enabled after that.",
        "code": "task('rules of ufw', firewall, {\n  backend: 'ufw',\n  ports: [{ port: 6443, from: ['10.0.0.0/24'] }, { port: '30000-32767' }],\n  trustedInterfaces: ['cilium_host'],\n});"
      },
      {
        "what": "Our table goes; those of others stay.",
        "code": "task('/etc/plinth/firewall.nft', firewall, { state: 'absent' });"
      },
      {
        "what": "The rule for ssh stays, so that the door does not close behind us.",
        "code": "task('rules of ufw', firewall, { backend: 'ufw', state: 'absent', ports: [{ port: 6443 }] });"
      }
    ],
    "refuses": [
      "A range has a dash, with every backend.",
      "ufw is in force already.",
      "Where sshd listens is not known, so nothing is closed."
    ]
  },
  "host/kernelArguments": {
    "examples": [
      {
        "what": "grub reads a drop-in that edits what the distribution set.",
        "code": "task('/etc/default/grub.d/90-plinth.cfg', kernelArguments, {\n  present: ['preempt=full', 'intel_idle.max_cstate=1'],\n  absent: ['quiet'],\n});"
      },
      {
        "what": "On Fedora grubby sets it for all kernels.",
        "code": "task('kernel arguments', kernelArguments, { present: ['preempt=full'], absent: ['rhgb'] });"
      },
      {
        "what": "A Raspberry Pi is given the memory controller of cgroups; the line stays one line.",
        "code": "task('/boot/firmware/cmdline.txt', kernelArguments, {\n  present: ['cgroup_enable=memory', 'cgroup_memory=1'],\n  absent: ['quiet', 'splash'],\n});"
      },
      {
        "what": "The drop-in goes, and the distribution's own line comes back.",
        "code": "task('/etc/default/grub.d/90-plinth.cfg', kernelArguments, { present: ['preempt=full'], state: 'absent' });"
      }
    ],
    "refuses": [
      "What is wanted cannot be unwanted.",
      "A container is started without one."
    ],
    "output": {
      "rebootNeeded": false
    }
  },
  "host/locale": {
    "examples": [
      {
        "what": "A language is generated and set; what else stands in Debian's file is kept.",
        "code": "task('generated locales', locale, { lang: 'en_US.UTF-8', categories: { LC_TIME: 'de_DE.UTF-8' } });"
      }
    ],
    "refuses": [
      "A language alone is no locale of a category that does not exist.",
      "Fedora has languages in packages."
    ]
  },
  "host/selinux": {
    "examples": [
      {
        "what": "From enforcing to permissive, now and at every boot.",
        "code": "task('SELinux now', selinux, { mode: 'permissive' });"
      },
      {
        "what": "It goes on until the node is restarted.",
        "code": "task('/etc/selinux/config', selinux, { mode: 'disabled' });"
      }
    ],
    "refuses": [
      "There are three modes.",
      "Debian has none that could enforce.",
      "Where it was off, files have no labels, and the node would not start."
    ],
    "output": {
      "rebootNeeded": false
    }
  },
  "host/sshd": {
    "examples": [
      {
        "what": "Only keys, no root, and a file that sorts first.",
        "code": "task('/etc/ssh/sshd_config.d/10-plinth.conf', sshd, {\n  permitRootLogin: 'no',\n  passwordAuthentication: false,\n  allowUsers: ['admin', 'deploy@10.0.0.*'],\n  maxAuthTries: 4,\n  useDns: false,\n  kexAlgorithms: ['sntrup761x25519-sha512@openssh.com', 'curve25519-sha256'],\n  options: { Banner: '/etc/issue.net' },\n});"
      },
      {
        "what": "The file is taken away, and comes back where nobody could log in then.",
        "code": "task('/etc/ssh/sshd_config.d/10-plinth.conf', sshd, { state: 'absent' });"
      }
    ],
    "refuses": [
      "Somebody must be able to log in.",
      "What has an argument of its own is not given as a free line, where it would not be checked.",
      "None of its groups may log in.",
      "The user that Plinth comes as is not among those who may log in.",
      "An old sshd_config reads no drop-ins.",
      "Without passwords and without a key there is no way in.",
      "The port we come by would be closed at once.",
      "sshd heeds the first file that says something, and cloud images come with one.",
      "Plinth comes as root.",
      "Where systemd listens, sshd is not asked for its ports."
    ]
  },
  "host/timeSync": {
    "examples": [
      {
        "what": "chrony asks our servers and nobody else; another daemon that keeps the clock is stopped.",
        "code": "task('/etc/chrony/chrony.conf', timeSync, {\n  servers: ['10.0.0.1', '10.0.0.2', 'ntp.lan'],\n  allow: ['10.0.0.0/24'],\n});"
      },
      {
        "what": "A run was cut off before the restart; it is still due.",
        "code": "task('chrony.service', timeSync, {});"
      },
      {
        "what": "The small daemon, told by a drop-in.",
        "code": "task('/etc/systemd/timesyncd.conf.d/90-plinth.conf', timeSync, {\n  daemon: 'systemd-timesyncd',\n  servers: ['10.0.0.1'],\n});"
      },
      {
        "what": "What came with the package comes back.",
        "code": "task('/etc/chrony/chrony.conf', timeSync, { state: 'absent', running: false });"
      }
    ],
    "refuses": [
      "The small daemon serves nobody.",
      "The daemon is not there yet."
    ]
  },
  "host/timezone": {
    "examples": [
      {
        "what": "The link and Debian's file.",
        "code": "task('/etc/localtime', timezone, { name: 'Europe/Berlin' });"
      },
      {
        "what": "A copy tells nobody which zone it is.",
        "code": "task('/etc/localtime', timezone, {});"
      }
    ],
    "refuses": [
      "A path is no zone.",
      "A zone that nobody knows."
    ]
  },
  "host/unattendedUpgrades": {
    "examples": [
      {
        "what": "Security upgrades, without what the cluster runs on.",
        "code": "task('/etc/apt/apt.conf.d/52plinth-upgrades', unattendedUpgrades, {\n  exclude: ['kubelet', 'containerd*', 'libstdc++6'],\n  rebootAt: '03:30',\n});"
      },
      {
        "what": "The timer is taken out of the boot.",
        "code": "task('dnf-automatic.timer', unattendedUpgrades, { policy: 'off' });"
      },
      {
        "what": "On Fedora a timer does it.",
        "code": "task('/etc/dnf/automatic.conf', unattendedUpgrades, { exclude: ['kubelet', 'containerd*'] });"
      },
      {
        "what": "The distribution decides again.",
        "code": "task('/etc/apt/apt.conf.d/52plinth-upgrades', unattendedUpgrades, { state: 'absent' });"
      }
    ],
    "refuses": [
      "A time of day has two and two digits.",
      "Without the program nothing would be installed."
    ]
  },
  "kernel/kernelCheck": {
    "examples": [],
    "refuses": [
      "An option is named without its prefix.",
      "A version is text, since 5.10 as a number is 5.1.",
      "Everything that is missing is said at once.",
      "A configuration that cannot be found is refused unless it is accepted.",
      "A module that is nowhere is named, with the package that may bring it.",
      "Versions are compared number by number, so 5.9 is older than 5.10."
    ],
    "output": {
      "release": "6.1.0-38-amd64",
      "modules": true,
      "config": "/boot/config-6.1.0-38-amd64",
      "cgroup": "v2",
      "bpffs": true
    }
  },
  "kernel/kernelModules": {
    "examples": [
      {
        "what": "A module on disk is loaded; one that is built in or loaded already is only listed for the boot.",
        "code": "task('/etc/modules-load.d/kubernetes.conf', kernelModules, {\n  names: ['overlay', 'br_netfilter', 'nf_conntrack'],\n  file: 'kubernetes',\n});"
      },
      {
        "what": "Someone unloaded a module, and it is loaded again.",
        "code": "task('module br_netfilter', kernelModules, { names: ['br_netfilter'] });"
      },
      {
        "what": "The file goes, and what nothing uses is unloaded; what is in use stays until the next boot.",
        "code": "task('/etc/modules-load.d/kubernetes.conf', kernelModules, {\n  names: ['br_netfilter', 'nf_conntrack'],\n  file: 'kubernetes',\n  state: 'absent',\n});"
      }
    ],
    "refuses": [
      "A name is a name, not a path.",
      "A module that the kernel does not have is refused, with the package that may bring it.",
      "After a kernel upgrade without a reboot the modules of the running kernel are gone."
    ]
  },
  "kernel/sysctl": {
    "examples": [
      {
        "what": "A file is written and a live value that differs is set; one that is right is left alone.",
        "code": "task('net.ipv4.ip_forward', sysctl, {\n  file: '90-kubernetes',\n  values: { 'net.ipv4.ip_forward': 1, 'vm.overcommit_memory': 1 },\n});"
      },
      {
        "what": "A slash stands for a dot in the name of an interface, as in sysctl.d.",
        "code": "task('net.ipv4.conf.eth0/20.rp_filter', sysctl, {\n  file: '90-vlan',\n  values: { 'net.ipv4.conf.eth0/20.rp_filter': 0 },\n});"
      },
      {
        "what": "Someone changed a live value by hand, and it is set again.",
        "code": "task('kernel.panic', sysctl, { file: '90-panic', values: { 'kernel.panic': 10 } });"
      },
      {
        "what": "The same plan after the module has been loaded, whatever value it brought.",
        "code": "task('net.ipv4.ip_forward', sysctl, {\n  file: '90-kubernetes',\n  requires: 'br_netfilter',\n  values: { 'net.bridge.bridge-nf-call-iptables': 1, 'net.ipv4.ip_forward': 1 },\n});"
      },
      {
        "what": "The file is right but the module was unloaded, so its parameter has no value.",
        "code": "task('net.bridge.bridge-nf-call-iptables', sysctl, {\n  file: '90-kubernetes',\n  requires: 'br_netfilter',\n  values: { 'net.bridge.bridge-nf-call-iptables': 1 },\n});"
      },
      {
        "what": "Parameters of a module that an earlier task loads are set together with the file.",
        "code": "task('net.ipv4.ip_forward', sysctl, {\n  file: '90-kubernetes',\n  requires: 'br_netfilter',\n  values: { 'net.bridge.bridge-nf-call-iptables': 1, 'net.ipv4.ip_forward': 1 },\n});"
      },
      {
        "what": "The file is removed; live values stay until the next boot.",
        "code": "task('/etc/sysctl.d/90-vm.conf', sysctl, { file: '90-vm', state: 'absent' });"
      }
    ],
    "refuses": [
      "A key is dotted, not a path.",
      "A file that is applied later sets the parameter otherwise, so the value would not survive a boot.",
      "A parameter that the kernel does not know is refused.",
      "A module that the kernel does not have cannot bring parameters.",
      "A file without a parameter is no use.",
      "A parameter of a module that is not loaded is refused, and the module is named."
    ]
  },
  "packages/packageCache": {
    "examples": [
      {
        "what": "Lists of yesterday are fetched again.",
        "code": "task('package lists', packageCache, { maxHours: 12 });"
      },
      {
        "what": "A node with dnf that has fetched none yet.",
        "code": "task('package lists', packageCache, {});"
      },
      {
        "what": "A repository was added after the lists had been fetched.",
        "code": "task('package lists', packageCache, {});"
      }
    ],
    "refuses": [
      "Hours are whole.",
      "A node without apt and dnf has no lists."
    ]
  },
  "packages/packageRepository": {
    "examples": [
      {
        "what": "The repository of a minor version of Kubernetes, on a node with apt.",
        "code": "task('/etc/apt/keyrings/kubernetes.asc', packageRepository, { name: 'kubernetes', kubernetes: 'v1.36' });"
      },
      {
        "what": "The same on a node with dnf.",
        "code": "task('/etc/pki/rpm-gpg/RPM-GPG-KEY-kubernetes', packageRepository, { name: 'kubernetes', kubernetes: 'v1.36' });"
      },
      {
        "what": "A key file that holds another key besides is replaced.",
        "code": "task('/etc/pki/rpm-gpg/RPM-GPG-KEY-trial', packageRepository, {\n  name: 'trial',\n  key: {\n    fingerprint: 'B248E698EF1CA8572C6AE6B5FF00DE311B09ED81',\n    url: 'https://packages.example.org/key.asc',\n  },\n  dnf: { url: 'https://packages.example.org/$basearch', exclude: ['kernel*'] },\n});"
      },
      {
        "what": "It is removed where the task says so.",
        "code": "task('/etc/apt/sources.list.d/old.list', packageRepository, {\n  name: 'trial',\n  unsigned: true,\n  apt: { url: 'https://packages.example.org/' },\n  replaces: ['/etc/apt/sources.list.d/old.list'],\n});"
      },
      {
        "what": "Each minor version has its own repository, so an upgrade rewrites the file; the key stays.",
        "code": "task('/etc/apt/sources.list.d/kubernetes.sources', packageRepository, {\n  name: 'kubernetes',\n  kubernetes: 'v1.36',\n});"
      },
      {
        "what": "The repository and its key are taken away.",
        "code": "task('/etc/apt/sources.list.d/trial.sources', packageRepository, { name: 'trial', state: 'absent' });"
      }
    ],
    "refuses": [
      "A folder of packages has no components.",
      "Over http anyone on the way could give out other packages.",
      "A key that is not the one of the fingerprint is found out before anything is sent.",
      "A short key id can be forged.",
      "A repository that is not signed says so.",
      "Nothing says where dnf finds it.",
      "A source of another minor version, left by hand, would let the wrong packages in."
    ]
  },
  "packages/packages": {
    "examples": [
      {
        "what": "What is missing is installed in one transaction; a name that is there is left alone.",
        "code": "task('curl, jq', packages, { names: ['curl', 'jq', 'git'], recommends: false });"
      },
      {
        "what": "An installation that was cut off is finished.",
        "code": "task('chrony', packages, { names: ['chrony'] });"
      },
      {
        "what": "Holding what is installed.",
        "code": "task('hold of kubeadm', packages, { names: ['kubeadm'], hold: true });"
      },
      {
        "what": "A new package is installed and then held.",
        "code": "task('kubeadm', packages, { names: ['kubeadm=1.36.0-1.1'], hold: true });"
      },
      {
        "what": "The newest version by the node's package lists; what is held stays.",
        "code": "task('openssl', packages, { names: ['openssl', 'kubelet', 'curl'], state: 'latest', update: 'always' });"
      },
      {
        "what": "A service is kept from starting before its configuration is there.",
        "code": "task('chrony', packages, { names: ['chrony'], startServices: false });"
      },
      {
        "what": "A pinned version is installed, and held so that an upgrade of the system does not touch it.",
        "code": "task('kubelet', packages, { names: ['kubelet=1.36.0-1.1', 'kubectl=1.36.*'], hold: true });"
      },
      {
        "what": "What is there is removed.",
        "code": "task('snapd', packages, { names: ['snapd', 'nano'], state: 'absent', purge: true });"
      }
    ],
    "refuses": [
      "A name is a package's name, not an option of apt.",
      "A held package is not changed unless the task says what is to become of the hold."
    ],
    "output": {
      "curl": "7.88.1-10",
      "libc6:i386": "2.36-9"
    }
  },
  "runtime/cniPlugins": {
    "examples": [
      {
        "what": "Debian's plugins are linked to where Kubernetes looks; one that is there already gives way.",
        "code": "task('/opt/cni/bin/loopback', cniPlugins, { names: ['loopback', 'portmap'], from: '/usr/lib/cni' });"
      },
      {
        "what": "From a bundle they are copied.",
        "code": "task('/opt/cni/bin/loopback', cniPlugins, { from: '/var/lib/plinth/bundle/bin/cni', how: 'copy' });"
      },
      {
        "what": "The links are taken away.",
        "code": "task('/opt/cni/bin/loopback', cniPlugins, { state: 'absent' });"
      }
    ],
    "refuses": [
      "A plugin is named, not its path.",
      "Without loopback no pod starts."
    ]
  },
  "runtime/containerd": {
    "examples": [
      {
        "what": "From 2.1 on the folders of CNI plugins are a list, and naming both is an error.",
        "code": "task('/etc/containerd/config.toml', containerd, {\n  override: {\n    plugins: {\n      'io.containerd.cri.v1.images': null,\n      'io.containerd.cri.v1.runtime': { containerd: null },\n    },\n  },\n});"
      },
      {
        "what": "What Debian configures for containerd 1.6 gives way to what Kubernetes needs, in version 2.",
        "code": "task('/etc/containerd/config.toml', containerd, { sandboxImage: 'registry.k8s.io/pause:3.10.1' });"
      },
      {
        "what": "Mirrors of registries, one with a certificate authority of its own, and a proxy.",
        "code": "task('/etc/containerd/certs.d/docker.io/mirror-1.crt', containerd, {\n  registries: {\n    'docker.io': {\n      server: 'https://registry-1.docker.io',\n      mirrors: [\n        {\n          url: 'https://mirror.lan:5000',\n          ca: '-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----',\n        },\n        {\n          url: 'http://10.0.0.2:5000/v2/proxy',\n          capabilities: ['pull'],\n          overridePath: true,\n          skipVerify: true,\n        },\n      ],\n    },\n    'old.example.org': 'absent',\n  },\n  proxy: { https: 'http://proxy.lan:3128/%5Ba%5D', noProxy: ['10.0.0.0/8', '.cluster.local'] },\n  override: { plugins: null },\n});"
      },
      {
        "what": "The same for containerd 2.0, whose configuration of version 3 has two plugins for it.",
        "code": "task('/etc/containerd/config.toml', containerd, {\n  sandboxImage: 'registry.k8s.io/pause:3.10.1',\n  maxConcurrentDownloads: 6,\n});"
      },
      {
        "what": "Version 4, on a node that systemd does not run; an override is merged last, and null takes a key away.",
        "code": "task('/etc/containerd/config.toml', containerd, {\n  override: {\n    oom_score: -999,\n    plugins: {\n      'io.containerd.cri.v1.runtime': {\n        cni: null,\n        enable_cdi: true,\n        containerd: {\n          runtimes: {\n            nvidia: {\n              runtime_type: 'io.containerd.runc.v2',\n              options: { BinaryName: '/usr/bin/nvidia-container-runtime' },\n            },\n          },\n        },\n      },\n    },\n  },\n});"
      },
      {
        "what": "The configuration that came with the package comes back, also after the package has gone.",
        "code": "task('/etc/containerd/config.toml', containerd, { state: 'absent' });"
      }
    ],
    "refuses": [
      "A registry is named by its host alone.",
      "An earlier task brings the program."
    ],
    "output": {
      "version": "1.7.24",
      "configVersion": 2,
      "socket": "unix:///run/containerd/containerd.sock"
    }
  },
  "runtime/crictl": {
    "examples": [
      {
        "what": "The socket of containerd, and a timeout that a busy node can keep.",
        "code": "task('/etc/crictl.yaml', crictl, {});"
      },
      {
        "what": "What somebody had written before comes back.",
        "code": "task('/etc/crictl.yaml', crictl, { state: 'absent' });"
      }
    ],
    "refuses": [
      "A path is no socket's address."
    ]
  },
  "runtime/runc": {
    "examples": [
      {
        "what": "A newer one from a bundle goes before the package's.",
        "code": "task('/usr/local/sbin/runc', runc, { atLeast: '1.2.8', from: '/var/lib/plinth/bundle/bin/runc' });"
      },
      {
        "what": "The package is used again.",
        "code": "task('/usr/local/sbin/runc', runc, { state: 'absent' });"
      }
    ],
    "refuses": [
      "A version has three numbers.",
      "A program for another architecture does not tell its version.",
      "The package is too old."
    ],
    "output": {
      "version": "1.3.0"
    }
  },
  "system/authorizedKeys": {
    "examples": [
      {
        "what": "A key is added, the user being made by an earlier task.",
        "code": "task('keys of deploy', authorizedKeys, {\n  user: 'deploy',\n  keys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB9a alice'],\n});"
      },
      {
        "what": "The keys of others go, comments stay.",
        "code": "task('keys of deploy', authorizedKeys, {\n  user: 'deploy',\n  exclusive: true,\n  keys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB9a alice'],\n});"
      },
      {
        "what": "Options that are asked for replace those that are there.",
        "code": "task('keys of deploy', authorizedKeys, {\n  user: 'deploy',\n  keys: ['no-pty ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB9a alice'],\n});"
      },
      {
        "what": "sshd ignores keys that others may write, so permissions are mended.",
        "code": "task('access to ~deploy/.ssh', authorizedKeys, { user: 'deploy', keys: ['ssh-rsa AAAAB3Nza'] });"
      },
      {
        "what": "A key is taken away.",
        "code": "task('keys of deploy', authorizedKeys, { user: 'deploy', state: 'absent', keys: ['ssh-rsa AAAAB3Nza'] });"
      }
    ],
    "refuses": [
      "A private key, or a line cut short, is no public key.",
      "The last key of the user that Plinth logs in as is not taken away."
    ]
  },
  "system/group": {
    "examples": [
      {
        "what": "A group with a number of its own.",
        "code": "task('group etcd', group, { name: 'etcd', gid: 2379, system: true });"
      },
      {
        "what": "Its number is changed; files keep the old one.",
        "code": "task('group etcd', group, { name: 'etcd', gid: 2379 });"
      },
      {
        "what": "A group is removed.",
        "code": "task('group games', group, { name: 'games', state: 'absent' });"
      }
    ],
    "refuses": [
      "A group has a name, not a number."
    ],
    "output": {
      "gid": 998
    }
  },
  "system/hostname": {
    "examples": [
      {
        "what": "A node without a saved name gets one.",
        "code": "task('/etc/hostname', hostname, { name: 'node1' });"
      },
      {
        "what": "The name is changed for this boot and all later ones.",
        "code": "task('/etc/hostname', hostname, { name: 'node1' });"
      },
      {
        "what": "A name that only the running system does not know yet is set there.",
        "code": "task('hostname', hostname, { name: 'node1.example.org' });"
      }
    ],
    "refuses": [
      "A name is letters, digits and hyphens.",
      "The kernel takes no name of more than 64 characters."
    ]
  },
  "system/hosts": {
    "examples": [
      {
        "what": "Names get a block of their own, and Debian's stopgap address for the node's own name goes.",
        "code": "task('/etc/hosts', hosts, {\n  entries: [\n    { address: '10.0.0.11', names: ['node1'] },\n    { address: '10.0.0.12', names: ['node2', 'api'] },\n  ],\n});"
      },
      {
        "what": "An address that changed is changed in the block.",
        "code": "task('/etc/hosts', hosts, {\n  entries: [\n    { address: '10.0.0.11', names: ['node1'] },\n    { address: '10.0.0.12', names: ['node2', 'api'] },\n  ],\n});"
      },
      {
        "what": "An IPv6 address of the same name is no conflict.",
        "code": "task('/etc/hosts', hosts, { entries: [{ address: 'fd00::11', names: ['node1'] }] });"
      },
      {
        "what": "With replace such a name is taken out of its line, and the rest of the line stays.",
        "code": "task('/etc/hosts', hosts, {\n  entries: [\n    { address: '10.0.0.11', names: ['node1'] },\n    { address: '10.0.0.12', names: ['node2', 'api'] },\n  ],\n  replace: true,\n});"
      },
      {
        "what": "The block is taken away.",
        "code": "task('/etc/hosts', hosts, { state: 'absent' });"
      }
    ],
    "refuses": [
      "An address is an address.",
      "A name that others have given another address is told, and nothing is changed."
    ]
  },
  "system/reboot": {
    "examples": [
      {
        "what": "It can be asked for each time.",
        "code": "task('reboot', reboot, { when: 'always', timeout: 120000 });"
      },
      {
        "what": "A newer kernel of the running kind is installed.",
        "code": "task('reboot', reboot, {});"
      },
      {
        "what": "A file that takes effect at boot was changed after the last one.",
        "code": "task('reboot', reboot, { newerThan: ['/etc/default/grub', '/boot/cmdline.txt'] });"
      },
      {
        "what": "The system asks for it.",
        "code": "task('reboot', reboot, {});"
      }
    ],
    "refuses": [
      "Times are in milliseconds, and what looks like seconds is refused."
    ],
    "output": {
      "bootId": "1c5e1a0e-0d8c-4e0f-9c8a-0b8f6b3c8b1a"
    }
  },
  "system/service": {
    "examples": [
      {
        "what": "A unit that is down and not started at boot.",
        "code": "task('chrony.service at boot', service, { name: 'chrony', enabled: true });"
      },
      {
        "what": "Where nothing else is to be done, the changed unit file is loaded.",
        "code": "task('definition of app.service', service, { name: 'app' });"
      },
      {
        "what": "systemd is told of a unit file that changed on disk, before anything else is done.",
        "code": "task('app.service', service, { name: 'app' });"
      },
      {
        "what": "A unit is stopped and masked.",
        "code": "task('systemd-resolved.service', service, { name: 'systemd-resolved', masked: true });"
      },
      {
        "what": "A file that it reads was written after its start, so it is restarted.",
        "code": "task('ssh.service', service, { name: 'ssh', newerThan: ['/etc/ssh/sshd_config'] });"
      },
      {
        "what": "An earlier task will bring the unit; a file it reads does not matter before it runs.",
        "code": "task('containerd.service at boot', service, {\n  name: 'containerd',\n  enabled: true,\n  newerThan: ['/etc/containerd/config.toml'],\n});"
      },
      {
        "what": "A unit is stopped and taken out of the boot.",
        "code": "task('fstrim.timer', service, { name: 'fstrim.timer', state: 'stopped', enabled: false });"
      },
      {
        "what": "The mask is lifted first.",
        "code": "task('mask of chrony.service', service, { name: 'chrony', masked: false, enabled: true });"
      }
    ],
    "refuses": [
      "A masked unit cannot be started.",
      "A template is not a unit.",
      "A unit without an [Install] section cannot be enabled.",
      "A masked unit is not started behind the back of whoever masked it.",
      "A unit that runs once and ends is never up."
    ],
    "output": {
      "load": "loaded",
      "type": "notify",
      "remainAfterExit": false,
      "needDaemonReload": false,
      "result": "success",
      "conditions": true,
      "active": "active",
      "sub": "running",
      "file": "enabled"
    }
  },
  "system/swap": {
    "examples": [
      {
        "what": "A partition in use and in fstab is switched off and taken out, restorably.",
        "code": "task('/dev/sda2', swap, {});"
      },
      {
        "what": "What was taken away is given back.",
        "code": "task('/etc/fstab', swap, { state: 'asConfigured' });"
      },
      {
        "what": "Raspberry Pi OS makes a swap file by a service of its own.",
        "code": "task('/var/swap', swap, {});"
      },
      {
        "what": "Compressed memory that a generator makes into swap, as on Fedora.",
        "code": "task('/dev/zram0', swap, {});"
      }
    ],
    "refuses": [
      "Swap is off or as configured."
    ]
  },
  "system/user": {
    "examples": [
      {
        "what": "A new user who may do anything by sudo without a password.",
        "code": "task('user deploy', user, { name: 'deploy', uid: 1500, groups: ['systemd-journal', 'adm'], sudo: 'nopasswd' });"
      },
      {
        "what": "Each property that differs is changed by itself; rights to sudo are taken away.",
        "code": "task('groups of deploy', user, {\n  name: 'deploy',\n  groups: ['adm'],\n  exactGroups: true,\n  shell: '/bin/bash',\n  comment: 'Deployer',\n  sudo: 'none',\n});"
      },
      {
        "what": "A password is set by its hash, which never stands in an argument of a process.",
        "code": "task('password of deploy', user, { name: 'deploy', password: vars.secret });"
      },
      {
        "what": "A user goes with its rights; its home stays unless that is asked for.",
        "code": "task('/etc/sudoers.d/plinth-olduser', user, { name: 'olduser', state: 'absent' });"
      }
    ],
    "refuses": [
      "A password is a secret, never plain text in a playbook.",
      "The user that Plinth logs in as is not removed."
    ],
    "output": {
      "uid": 1500,
      "gid": 1500,
      "group": "deploy",
      "comment": "",
      "home": "/home/deploy",
      "shell": "/bin/bash",
      "groups": [
        "adm",
        "video"
      ],
      "password": "locked"
    }
  },
  "tuning/bbr": {
    "examples": [
      {
        "what": "BBR and its queueing discipline are set, and the module is loaded at every boot.",
        "code": "task('/etc/modules-load.d/plinth-bbr.conf', bbr, {});"
      },
      {
        "what": "What was set before comes back.",
        "code": "task('/etc/sysctl.d/90-plinth-bbr.conf', bbr, { state: 'absent' });"
      }
    ],
    "refuses": [
      "Not every queueing discipline goes with it.",
      "A kernel without BBR is refused."
    ]
  },
  "tuning/cpuGovernor": {
    "examples": [
      {
        "what": "Every CPU gets the governor, and a unit sets it again at boot; what was there before is written down.",
        "code": "task('/usr/local/sbin/plinth-governor', cpuGovernor, {});"
      },
      {
        "what": "The governor that was there before comes back.",
        "code": "task('/usr/local/sbin/plinth-governor', cpuGovernor, { state: 'absent' });"
      }
    ],
    "refuses": [
      "A governor is a word.",
      "intel_pstate in active mode has two governors and no schedutil.",
      "tuned and a unit never both set the governor at boot.",
      "A virtual machine without a clock of its own is refused, so that nobody believes it was tuned."
    ],
    "output": {
      "driver": "intel_pstate",
      "cpus": 1
    }
  },
  "tuning/irqAffinity": {
    "examples": [
      {
        "what": "A card with a single queue (I219-LM) has nothing to spread, so its packets are handed on to all CPUs.",
        "code": "task('/usr/local/sbin/plinth-irq-eno1', irqAffinity, { nic: 'eno1' });"
      },
      {
        "what": "Queues of a virtio card take turns over the CPUs; both directions of a queue share one.",
        "code": "task('/usr/local/sbin/plinth-irq-eth0', irqAffinity, { nic: 'eth0' });"
      },
      {
        "what": "Interrupts and masks are as they were before.",
        "code": "task('/usr/local/sbin/plinth-irq-eth0', irqAffinity, { nic: 'eth0', state: 'absent' });"
      }
    ],
    "refuses": [
      "A list of CPUs goes with the policy that takes one.",
      "A running irqbalance would move them again.",
      "There is no card of that name.",
      "A CPU that does not run takes no interrupt.",
      "One CPU for each queue needs as many CPUs as queues."
    ],
    "output": {
      "nic": "eth0",
      "irqs": {
        "45": "0-3"
      },
      "managed": [
        45
      ],
      "singleQueue": true
    }
  },
  "tuning/irqbalance": {
    "examples": [
      {
        "what": "It runs and leaves two CPUs and an interrupt alone, on RHEL in the file that is read there.",
        "code": "task('/etc/sysconfig/irqbalance', irqbalance, { state: 'started', bannedCpus: '2-3', bannedIrqs: [45] });"
      },
      {
        "what": "A script says for each interrupt whether it is left alone.",
        "code": "task('/usr/local/sbin/plinth-irqbalance-policy', irqbalance, {\n  state: 'started',\n  policyScript: '#!/bin/sh\\ncase $1 in *0000:01:00.0*) echo ban=true;; esac\\n',\n});"
      },
      {
        "what": "It was started before its settings were last written, so it is restarted.",
        "code": "task('irqbalance', irqbalance, { state: 'started', bannedCpus: '0' });"
      },
      {
        "what": "It is stopped, at boot too, so that pinned interrupts stay; what it was is written down.",
        "code": "task('/etc/default/irqbalance', irqbalance, {});"
      },
      {
        "what": "Its settings are given back byte for byte, and it runs again as it did before.",
        "code": "task('/etc/default/irqbalance', irqbalance, { state: 'absent' });"
      }
    ],
    "refuses": [
      "What it leaves alone is said only where it runs.",
      "It never runs in a container or with a single CPU, and says so."
    ],
    "output": {
      "running": false
    }
  },
  "tuning/mtu": {
    "examples": [
      {
        "what": "The MTU is raised, and kept only if packets of that size come back from the peers.",
        "code": "task('MTU of eth0', mtu, { nic: 'eth0', mtu: 9000, peers: ['10.0.0.12'] });"
      },
      {
        "what": "The MTU is as it was before.",
        "code": "task('/usr/local/sbin/plinth-mtu-eth0', mtu, { nic: 'eth0', state: 'absent' });"
      }
    ],
    "refuses": [
      "A peer is an address, since a name may lead elsewhere.",
      "There is no link of that name.",
      "More than the driver allows is refused."
    ],
    "output": {
      "nic": "eth0",
      "mtu": 1500
    }
  },
  "tuning/nic": {
    "examples": [
      {
        "what": "All queues that the card has, the longest rings, no large receive; channels come first.",
        "code": "task('/usr/local/sbin/plinth-nic-eth0', nic, {\n  nic: 'eth0',\n  rings: { rx: 'max' },\n  channels: { combined: 'max' },\n  offloads: { 'large-receive-offload': false },\n  coalescing: { 'adaptive-rx': true, 'rx-usecs': 8 },\n});"
      },
      {
        "what": "Every setting is as it was before.",
        "code": "task('/usr/local/sbin/plinth-nic-eth0', nic, { nic: 'eth0', state: 'absent' });"
      }
    ],
    "refuses": [
      "An offload that the driver keeps fixed is refused.",
      "ethtool tells what a card can.",
      "It must say what is to be set.",
      "More than the card has is refused, with what it has."
    ]
  },
  "tuning/preemption": {
    "examples": [
      {
        "what": "Where it is asked for, grub gets the parameter by a drop-in.",
        "code": "task('/etc/default/grub.d/90-plinth-preempt.cfg', preemption, { mode: 'none', bootParameter: true });"
      },
      {
        "what": "On Fedora and RHEL grubby gives it to every entry.",
        "code": "task('boot entries of grubby', preemption, { mode: 'full', bootParameter: true });"
      },
      {
        "what": "The mode is switched while the kernel runs, and nothing of the boot is touched.",
        "code": "task('preemption', preemption, { mode: 'lazy' });"
      },
      {
        "what": "A Raspberry Pi has its one line in cmdline.txt.",
        "code": "task('/boot/firmware/cmdline.txt', preemption, { mode: 'full', bootParameter: true });"
      },
      {
        "what": "A mode that was only switched while the kernel ran goes back to the one it was built with.",
        "code": "task('preemption', preemption, { state: 'absent' });"
      },
      {
        "what": "A parameter that somebody else had set comes back in its place; one that Plinth never touched is left alone.",
        "code": "task('/boot/firmware/cmdline.txt', preemption, { state: 'absent' });"
      },
      {
        "what": "The parameter is taken away, and the mode is the one the kernel was built with.",
        "code": "task('/etc/default/grub.d/90-plinth-preempt.cfg', preemption, { state: 'absent' });"
      }
    ],
    "refuses": [
      "There are four modes.",
      "A kernel without dynamic preemption keeps the mode it was built with.",
      "Kernels from 7.0 on refuse none, and lazy takes its place."
    ],
    "output": {
      "mode": "none",
      "atThisBoot": "none"
    }
  },
  "tuning/tuned": {
    "examples": [
      {
        "what": "A profile is chosen; the one before is written down on the node.",
        "code": "task('/etc/tuned/before-plinth', tuned, { profile: 'network-throughput' });"
      },
      {
        "what": "From tuned 2.23 on profiles stand in folders of that name; one that was changed is chosen again.",
        "code": "task('profile of tuned', tuned, { profile: 'mine', custom: { sections: { sysctl: { 'vm.swappiness': 10 } } } });"
      },
      {
        "what": "A profile of one's own builds on network-latency, without what direct server return cannot stand.",
        "code": "task('/etc/tuned/dsr-latency/tuned.conf', tuned, {\n  profile: 'dsr-latency',\n  dsr: true,\n  custom: { include: 'network-latency', sections: { sysctl: { 'net.ipv4.tcp_fastopen': 1 } } },\n});"
      },
      {
        "what": "A profile that is named while the daemon is down is not in force.",
        "code": "task('tuned.service', tuned, { profile: 'network-latency' });"
      },
      {
        "what": "Somebody changed a setting by hand, so the profile is applied again.",
        "code": "task('profile of tuned', tuned, { profile: 'network-latency', verify: true });"
      },
      {
        "what": "What was chosen before comes back, and the daemon is stopped again where it was.",
        "code": "task('profile of tuned', tuned, { profile: 'mine', state: 'absent' });"
      }
    ],
    "refuses": [
      "There is one profile, not a list.",
      "network-latency turns TCP Fast Open on, which direct server return cannot stand.",
      "tuned is not installed.",
      "power-profiles-daemon and tuned end each other.",
      "A profile that tuned does not have is refused."
    ],
    "output": {
      "profile": "network-latency",
      "running": true
    }
  },
  "actions/daemonReload": {
    "examples": [
      {
        "what": "After unit files were written by hand.",
        "code": "handler('daemonReload', daemonReload, {});"
      }
    ],
    "refuses": []
  },
  "actions/reloadService": {
    "examples": [
      {
        "what": "A service reads its configuration again.",
        "code": "handler('reloadService', reloadService, { name: 'ssh' });"
      }
    ],
    "refuses": []
  },
  "actions/restartService": {
    "examples": [
      {
        "what": "A service is restarted, and its log is shown when it does not come up.",
        "code": "handler('restartService', restartService, { name: 'containerd' });"
      }
    ],
    "refuses": []
  }
};
