---------------------------- MODULE MCVirtualDisks ----------------------------
(***************************************************************************)
(* What hosts may see, on its own, at a size that TLC can explore: two     *)
(* hosts, a disk and one snapshot of it, and one block.                    *)
(***************************************************************************)
EXTENDS VirtualDisks

CONSTANTS h1, h2    \* the hosts

(* A disk comes to be as a copy of another, or empty if nobody has asked for copies, and goes only when
   somebody asked for it. *)
SnapshotsAreCopies ==
  [][/\ DOMAIN contents \ DOMAIN contents' \subseteq leaving
     /\ \A e \in DOMAIN contents' \ DOMAIN contents :
          IF requests' = requests THEN contents'[e] = [s \in Segments |-> [b \in Blocks |-> Zero]]
                                  ELSE \E d \in DOMAIN contents : contents'[e] = contents[d]]_vars

(* Instead of RunOut, where there is always space: it makes the model smaller. *)
NeverRunsOut(H) == FALSE

(* Instead of OlderAfter, where power takes nothing: for the same reason. *)
NothingOlder(d, s, b, v) == {{}}

(* Instead of Make, where no way is made: for the same reason. *)
NeverMade(w) == FALSE

-----------------------------------------------------------------------------
(* Instead of Delete: the disk is still said to be leaving; or nobody asked for it. *)
DeletesAndForgets(d) == /\ d \in leaving
                        /\ contents' = Without(contents, d)
                        /\ older' = {t \in older : t[1] # d}
                        /\ UNCHANGED <<ways, broken, calls, requests, leaving, down>>

DeletesUnasked(d) == /\ d \in DOMAIN contents
                     /\ contents' = Without(contents, d)
                     /\ leaving' = leaving \ {d}
                     /\ UNCHANGED <<older, ways, broken, calls, requests, down>>
=============================================================================
