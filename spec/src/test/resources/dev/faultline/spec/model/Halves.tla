---- MODULE Halves ----
EXTENDS Integers
VARIABLE m

Init == m = 0
Next == m' = m + 2
Spec == Init /\ [][Next]_m
=============================================================================
