---- MODULE Lasso ----
(* A counter that never comes back to where it began. *)
EXTENDS Counter

Cycle     == n' = IF n = Max THEN 1 ELSE n + 1
CycleSpec == Init /\ [][Cycle]_n
FairSpec  == Init /\ [][Cycle]_n /\ WF_n(Cycle)

Begun    == n = 0
Sometime == <>(n = 2)

Moves   == [][<<>> = <<n>> \/ n' # n]_n    \* the empty sequence is no eventuality
Stays   == [][n' = n]_n
Returns == (n = 1) ~> Begun
Recurs  == []Sometime
=============================================================================
