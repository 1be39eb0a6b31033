// What the demo promises, asked of each node by plain ssh: nothing of Plinth takes part.

/** `script` runs on the node as root; its output must match `expected`. */
export const checks = [
  { what: 'packets are forwarded, now', script: 'sysctl -n net.ipv4.ip_forward', expected: /^1$/m },
  { what: 'packets are forwarded, after the next boot', script: 'grep -h ip_forward /etc/sysctl.d/90-kubernetes.conf', expected: /net\.ipv4\.ip_forward *= *1/ },
  { what: 'conntrack, socat and ethtool are installed', script: "dpkg-query -W -f='${Package} ${db:Status-Status}\\n' conntrack socat ethtool", expected: /conntrack installed\nethtool installed\nsocat installed/ },
  { what: 'containerd runs, with cgroups made by systemd', script: 'systemctl is-active containerd; containerd config dump | grep SystemdCgroup', expected: /^active[\s\S]*SystemdCgroup = true/ },
  { what: 'nothing is swapped out to disk', script: 'tail -n +2 /proc/swaps | wc -l', expected: /^0$/m },
  { what: 'every node knows the others by name', script: "sed -n '/BEGIN plinth nodes/,/END plinth nodes/p' /etc/hosts | grep -c node", expected: /^[3-9]$/m },
  { what: 'systemd has no failed unit', script: 'systemctl --failed --no-legend | wc -l', expected: /^0$/m },
];
