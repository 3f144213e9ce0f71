---- MODULE Counters ----
(* Counter, and what it gets to. *)
EXTENDS Counter, Reaching

Situations ==
  /\ Met(1, "at one", n = 1)
  /\ Met(2, "a name so long that TLC is only just able to leave it as one", n = 2)
  /\ Met(3, "beyond", n > Max)
=============================================================================
