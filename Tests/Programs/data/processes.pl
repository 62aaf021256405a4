# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# Forks, pipes, signals, alarms and exits as Perl makes them.
use strict;
use warnings;
use POSIX ":sys_wait_h";
$| = 1;

pipe(my $read, my $write);
for my $n (1 .. 8) {
  my $pid = fork;
  next if $pid;
  syswrite $write, "$n\n";
  POSIX::_exit($n);
}
close $write;
print join(",", sort <$read>) =~ s/\n//gr, "\n";
my $sum = 0;
while ((my $pid = waitpid(-1, 0)) > 0) { $sum += $? >> 8 }
print "$sum\n";

print `echo back; exit 3`, $? >> 8, "\n";
system("kill -9 \$\$");
print $? & 127, "\n";
print system("missing-command 2>/dev/null") >> 8, "\n";
open(my $out, "|-", "tr a-z A-Z") or die;
print $out "upper\n";
close $out;
open(my $in, "-|", "seq", "3") or die;
print <$in>;
close $in;
my $child = open(my $kid, "-|") // die;
if (!$child) { print "from the child\n"; exit 5 }
print <$kid>;
close $kid;
print $? >> 8, "\n";

my $count = 0;
local $SIG{USR1} = sub { $count++ };
kill USR1 => $$ for 1 .. 50;
print "$count\n";
eval {
  local $SIG{ALRM} = sub { die "alarm\n" };
  alarm 1;
  select undef, undef, undef, 5;
};
print $@;
local $SIG{CHLD} = sub { 1 while waitpid(-1, WNOHANG) > 0; print "reaped\n" };
if (!fork) { exit 0 }
select undef, undef, undef, 2;
$SIG{CHLD} = "DEFAULT";
local $SIG{__DIE__} = sub { print "dying: $_[0]" };
my $pid = fork;
if (!$pid) { $SIG{TERM} = sub { exit 9 }; print "ready\n"; sleep 1 while 1 }
select undef, undef, undef, 0.5;
kill TERM => $pid;
waitpid $pid, 0;
print $? >> 8, "\n";
kill KILL => $$ if 0;
END { print "end\n" }
exec "sh", "-c", "exit 0" if 0;
exit 4;
