---- MODULE Counter ----
(* A counter up to Max. Its properties are there to be violated, each in a way of its own. *)
EXTENDS Integers
CONSTANT Max
VARIABLE n

Init == n = 0
Up   == n < Max /\ n' = n + 1
Next == Up
Spec == Init /\ [][Next]_n

Round     == n' = (n + 1) % (Max + 1)
RoundSpec == Init /\ [][Round]_n /\ WF_n(Round)

TypeOK      == n \in 0..Max
Small       == n < 2
StartsAtOne == n = 1
Comparable  == n # 2 \/ n = "two"    \* TLC cannot compare these

GrowsByOne == [][n' = n + 1]_n
GrowsByTwo == [][n' = n + 2]_n

(* GrowsSlowly == a definition in a comment is none *)
GrowsSlowly ==
  /\ n = 0
  /\ [][n' < 3]_n

Arrives  == <>(n = Max)
Settles  == <>[](n = Max)

Half    == INSTANCE Halves WITH m <- n
Refines == Half!Spec

Unbounded == n' = n + 1
=============================================================================
