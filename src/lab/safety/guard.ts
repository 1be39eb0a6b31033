import { ownParameters } from '../node/own-parameters.ts';

/**
 * `perl guard.pl CGROUP2_DIR` has the kernel itself refuse two things to everything below the cgroup, whatever a node mounts:
 *
 * - opening devices, but those any machine may share: null, zero, full, random, urandom, tty, console, ptmx, pseudo
 *   terminals, tun and fuse. Making a node of another device is allowed (container runtimes do), opening or mounting it is not;
 * - writing kernel parameters, but those of net/ and of the node's own namespaces.
 *
 * BPF programs on cgroup2 rather than the v1 devices controller: they exist on pure v2 machines as well as beside v1, and a
 * container runtime that grants itself "all devices" in v1 keeps working, since the last word is here.
 * Exits 71 where the processor's system calls are not in the table, 72 where only the parameters could not be guarded.
 */
export const guard = String.raw`use strict;
use POSIX ();

my %bpf = (x86_64 => 321, aarch64 => 280, riscv64 => 280, s390x => 351, ppc64le => 361);
my $bpf = $bpf{(POSIX::uname())[4]} or exit 71;
opendir my $cgroup, $ARGV[0] or die "$ARGV[0]: $!\n";

# Instructions as [code, dst, src, off, imm]; 'allow' and 'next' stand for the distance to those labels.
my @answer = ([0xb7, 0, 0, 0, 0], [0x95, 0, 0, 0, 0], [0xb7, 0, 0, 0, 1], [0x95, 0, 0, 0, 0]);

sub assemble {
  my @code = (@_, @answer);
  my $allow = @code - 2;
  for my $i (0 .. $#code) { $code[$i][3] = $allow - $i - 1 if $code[$i][3] eq 'allow' }
  return join '', map { my ($op, $dst, $src, $off, $imm) = @$_; pack 'C C s l', $op, $dst | $src << 4, $off, $imm } @code;
}

sub attach {
  my ($type, $attach, $insns) = @_;
  my $license = "GPL\0";
  my $load = pack 'L L P P L L Q L L', $type, length($insns) / 8, $insns, $license, 0, 0, 0, 0, 0;
  my $program = syscall($bpf, 5, $load, length $load);
  return 0 if $program < 0;
  my $to = pack 'L L L L', fileno($cgroup), $program, $attach, 2;
  return syscall($bpf, 8, $to, length $to) == 0;
}

# r2 = access and type, r3 = type, r4 = major, r5 = minor.
my @shared = ([1, 3], [1, 5], [1, 7], [1, 8], [1, 9], [5, 0], [5, 1], [5, 2], [10, 200], [10, 229], map { [$_] } 136 .. 143);
attach(15, 6, assemble(
  [0x61, 2, 1, 0, 0], [0xbf, 3, 2, 0, 0], [0x57, 3, 0, 0, 0xffff], [0x77, 2, 0, 0, 16], [0x61, 4, 1, 4, 0], [0x61, 5, 1, 8, 0],
  [0x15, 2, 0, 'allow', 1], [0x15, 3, 0, 2, 2], [0xb7, 0, 0, 0, 0], [0x95, 0, 0, 0, 0],
  (map { @$_ == 1 ? [0x15, 4, 0, 'allow', $_->[0]] : ([0x55, 4, 0, 1, $_->[0]], [0x15, 5, 0, 'allow', $_->[1]]) } @shared),
)) or die "cannot attach the device filter to $ARGV[0]: $!\n";

# A write is allowed when the parameter's name, padded with NUL, equals one of these or starts with one that ends in a slash.
my @names = qw(net/ ${ownParameters.join(' ')});

sub words { my $name = shift; my $whole = $name !~ m{/$}; $name .= "\0" if $whole; $whole and $name .= "\0" x (-length($name) % 8); $name =~ /(.{1,8})/gs }

sub compare {
  my @parts = map {
    my $at = 8 * $_->[0];
    my $word = $_->[1];
    my ($load, $size) = length $word == 8 ? (0x79, 8) : (0x61, 4);
    my $value = unpack $size == 8 ? 'Q' : 'L', substr $word, 0, $size;
    [$at, $load, $value];
  } @_;
  my @code;
  # Each part is four slots: load, a 64-bit constant (two), a jump past this name when they differ.
  for my $i (0 .. $#parts) {
    my ($at, $load, $value) = @{ $parts[$i] };
    my $rest = 4 * ($#parts - $i) + 1;
    push @code, [$load, 2, 10, $at - 64, 0], [0x18, 3, 0, 0, unpack 'l', pack 'L', $value & 0xffffffff], [0, 0, 0, 0, unpack 'l', pack 'L', $value >> 32], [0x5d, 2, 3, $rest, 0];
  }
  return @code, [0x05, 0, 0, 'allow', 0];
}

attach(23, 18, assemble(
  [0x61, 2, 1, 0, 0], [0x15, 2, 0, 'allow', 0],
  (map { [0x7a, 10, 0, $_ * 8 - 64, 0] } 0 .. 7),
  [0xbf, 2, 10, 0, 0], [0x07, 2, 0, 0, -64], [0xb7, 3, 0, 0, 64], [0xb7, 4, 0, 0, 0], [0x85, 0, 0, 0, 101],
  (map { my @words = words($_); compare(map { [$_, $words[$_]] } 0 .. $#words) } @names),
)) or do { warn "cannot attach the parameter filter to $ARGV[0]: $!\n"; exit 72 };
`;
