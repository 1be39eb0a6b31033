/**
 * `perl confine.pl COMMAND...` runs the command under a seccomp filter that refuses what no namespace holds back: loading
 * modules or kernels, swap, the machine's kernel log, raw ports, and opening files by handle (a way around any mount).
 *
 * A filter rather than dropped capabilities where programs on a node ask for the capability by name: a pod that wants
 * CAP_SYS_MODULE (Cilium does) starts, and only its use of it is refused.
 *
 * Perl, because Debian always has it (mmdebstrap is written in it) and no shell can call prctl. Exits 71 where the
 * processor's system calls are not in the table; the caller then drops the capabilities instead.
 */
export const confine = String.raw`use strict;
use POSIX ();

# Numbers of init_module finit_module delete_module kexec_load kexec_file_load swapon swapoff syslog open_by_handle_at iopl ioperm.
my %machines = (
  x86_64  => { audit => 0xC000003E, seccomp => 317, deny => [175, 313, 176, 246, 320, 167, 168, 103, 304, 172, 173] },
  aarch64 => { audit => 0xC00000B7, seccomp => 277, deny => [105, 273, 106, 104, 294, 224, 225, 116, 265] },
);
my $machine = $machines{(POSIX::uname())[4]} or exit 71;

my ($load, $equal, $atLeast, $return) = (0x20, 0x15, 0x35, 0x06);
my ($allow, $eperm, $enosys) = (0x7fff0000, 0x00050001, 0x00050026);
my @filter = (
  [$load, 0, 0, 4], [$equal, 1, 0, $machine->{audit}], [$return, 0, 0, $enosys],
  [$load, 0, 0, 0], [$atLeast, 0, 1, 0x40000000], [$return, 0, 0, $enosys],
  (map { ([$equal, 0, 1, $_], [$return, 0, 0, $eperm]) } @{ $machine->{deny} }),
  [$return, 0, 0, $allow],
);
my $code = join '', map { pack 'SCCL', @$_ } @filter;
my $program = pack 'S x![P] P', scalar(@filter), $code;
# SECCOMP_SET_MODE_FILTER with SECCOMP_FILTER_FLAG_SPEC_ALLOW: without the flag older kernels slow every process down.
syscall($machine->{seccomp}, 1, 4, $program) == 0 or die "seccomp: $!\n";
exec { $ARGV[0] } @ARGV or die "$ARGV[0]: $!\n";
`;
