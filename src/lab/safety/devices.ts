/**
 * `perl devices.pl CGROUP2_DIR` lets everything below the cgroup open only the devices any machine may share: null, zero,
 * full, random, urandom, tty, console, ptmx, pseudo terminals, tun and fuse. Making a node of another device is
 * allowed (container runtimes do), opening or mounting it is not.
 *
 * A BPF program on cgroup2 rather than the v1 devices controller: it exists on pure v2 hosts as well as beside v1, and a
 * container runtime that grants itself "all devices" in v1 keeps working, since the last word is here.
 * Exits 71 where the processor's system calls are not in the table.
 */
export const devices = String.raw`use strict;
use POSIX ();

my %bpf = (x86_64 => 321, aarch64 => 280, riscv64 => 280, s390x => 351, ppc64le => 361);
my $bpf = $bpf{(POSIX::uname())[4]} or exit 71;
my @shared = ([1, 3], [1, 5], [1, 7], [1, 8], [1, 9], [5, 0], [5, 1], [5, 2], [10, 200], [10, 229], map { [$_] } 136 .. 143);

sub insn { my ($op, $dst, $src, $off, $imm) = @_; pack 'C C s l', $op, $dst | $src << 4, $off, $imm }
# r2 = access and type, r3 = type, r4 = major, r5 = minor; 'allow' is patched to the jump's distance below.
my @code = (
  [0x61, 2, 1, 0, 0], [0xbf, 3, 2, 0, 0], [0x57, 3, 0, 0, 0xffff], [0x77, 2, 0, 0, 16], [0x61, 4, 1, 4, 0], [0x61, 5, 1, 8, 0],
  [0x15, 2, 0, 'allow', 1], [0x15, 3, 0, 2, 2], [0xb7, 0, 0, 0, 0], [0x95, 0, 0, 0, 0],
  (map { @$_ == 1 ? [0x15, 4, 0, 'allow', $_->[0]] : ([0x55, 4, 0, 1, $_->[0]], [0x15, 5, 0, 'allow', $_->[1]]) } @shared),
  [0xb7, 0, 0, 0, 0], [0x95, 0, 0, 0, 0],
  [0xb7, 0, 0, 0, 1], [0x95, 0, 0, 0, 0],
);
my $allow = @code - 2;
for my $i (0 .. $#code) { $code[$i][3] = $allow - $i - 1 if $code[$i][3] eq 'allow' }
my $insns = join '', map { insn(@$_) } @code;

my $license = "GPL\0";
my $load = pack 'L L P P L L Q L L', 15, scalar(@code), $insns, $license, 0, 0, 0, 0, 0;
my $program = syscall($bpf, 5, $load, length $load);
$program >= 0 or die "cannot load the device filter: $!\n";
opendir my $cgroup, $ARGV[0] or die "$ARGV[0]: $!\n";
my $attach = pack 'L L L L', fileno($cgroup), $program, 6, 2;
syscall($bpf, 8, $attach, length $attach) == 0 or die "cannot attach the device filter to $ARGV[0]: $!\n";
`;
