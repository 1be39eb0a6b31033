import { type Script, sh } from '../../../contract/index.ts';

export interface Manner {
  /** How many at a time. */
  readonly parallel: number;
  readonly snapshotter?: string | undefined;
}

// Several at a time: importing and unpacking one image keeps neither the disk nor all processors busy. Each worker takes
// every n-th; what failed is told at the end, and everything else is done nevertheless.
const workers = (items: Script, { parallel }: Manner, one: Script): Script => sh`w=$(mktemp -d)
trap 'rm -rf -- "$w"' EXIT; trap 'exit 143' HUP INT TERM
one() {
${one}
  : >"$w/$i"; set -- "$w"/[0-9]*; echo "$# of $total"
}
total=0; for item in ${items}; do total=$((total+1)); done
n=${parallel}; k=0
while [ "$k" -lt "$n" ]; do
  (
    i=0
    for item in ${items}; do
      if [ $((i % n)) -eq "$k" ]; then one "$item" || : >"$w/failed"; fi
      i=$((i+1))
    done
  ) &
  k=$((k+1))
done
wait
[ ! -e "$w/failed" ]`;

const snapshots = ({ snapshotter }: Manner): string[] => (snapshotter === undefined ? [] : ['--snapshotter', snapshotter]);

/** Takes archives in and away. */
export const importing = (archives: readonly string[], manner: Manner): Script =>
  workers(
    sh`${archives}`,
    manner,
    sh`  said=$(ctr -n k8s.io images import ${snapshots(manner)} "$1" 2>&1) || { printf '%s: %s\n' "\${1##*/}" "$said" >&2; return 1; }
  rm -f -- "$1"
  printf 'imported %s, ' "\${1##*/}"`,
  );

const pull = (names: Script, manner: Manner): Script =>
  workers(
    names,
    manner,
    sh`  if command -v crictl >/dev/null; then said=$(crictl --runtime-endpoint unix:///run/containerd/containerd.sock --timeout 30m pull "$1" 2>&1) || { printf '%s: %s\n' "$1" "$said" >&2; return 1; }
  else said=$(ctr -n k8s.io images pull --hosts-dir /etc/containerd/certs.d ${snapshots(manner)} "$1" 2>&1) || { printf '%s: %s\n' "$1" "$(printf '%s\n' "$said" | tail -n 3)" >&2; return 1; }
  fi
  printf 'pulled %s, ' "$1"`,
  );

/** By the CRI where crictl is there, since it knows the mirrors and credentials of containerd's configuration. */
export const pulling = (names: readonly string[], manner: Manner): Script => pull(sh`${names}`, manner);

/** The same for the images that the kubeadm of the node names. */
export const pullingNeeded = (version: string, repository: string | undefined, manner: Manner): Script => sh`names=$(kubeadm config images list --kubernetes-version ${version} ${repository === undefined ? [] : ['--image-repository', repository]})
names=$(printf '%s\n' "$names" | grep -v '/kube-proxy:')
${pull(sh`$names`, manner)}`;

/** The CRI plugin keeps references of its own, by id and digest; while one is left so are the contents. */
export const removing = (names: readonly string[]): Script => sh`ctr -n k8s.io images ls | awk ${ownReferences} ${names} | xargs ctr -n k8s.io images rm --sync`;

const ownReferences = `BEGIN { for (i = 1; i < ARGC; i++) wanted[ARGV[i]] = 1; ARGC = 1 }
NR > 1 { digest[$1] = $3 }
END {
  for (name in wanted) if (name in digest) ours[digest[name]] = 1
  for (name in digest) if (digest[name] in ours && (name in wanted || name ~ /^sha256:/ || name ~ /@sha256:/)) print name
}`;
