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
