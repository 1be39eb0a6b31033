import { mark } from '../../host/original.ts';

export const kubeletUnitPath = '/etc/systemd/system/kubelet.service';
export const kubeletDropInPath = '/etc/systemd/system/kubelet.service.d/10-kubeadm.conf';

/** How systemd runs a kubelet that no package brought. It ends at once and is started again until kubeadm has configured it. */
export const kubeletUnit = (dir: string): string => `${mark}
[Unit]
Description=kubelet: the node agent of Kubernetes
Documentation=https://kubernetes.io/docs/
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=0

[Service]
ExecStart=${dir}/kubelet
Restart=always
RestartSec=10

[Install]
WantedBy=multi-user.target
`;

/**
 * What kubeadm counts on: its files by their documented names, the flags it writes, and KUBELET_EXTRA_ARGS of people last. Source:
 * kubernetes.io, "The kubelet drop-in file for systemd".
 */
export const kubeletDropIn = (dir: string): string => `${mark}
[Service]
Environment="KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf"
Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml"
EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env
EnvironmentFile=-/etc/default/kubelet
EnvironmentFile=-/etc/sysconfig/kubelet
ExecStart=
ExecStart=${dir}/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS
`;
