-------------------------------- MODULE MCGroups --------------------------------
(***************************************************************************)
(* Snapshots of two disks at once. One host writes to the one disk and     *)
(* then to the other, through different agents; the cut must not have the  *)
(* later write without the earlier. Nothing reads the snapshots here: the  *)
(* refinement looks at what they hold.                                     *)
(***************************************************************************)
EXTENDS MCMapping

GroupTable == [d \in {"left", "right"} |->
                 [s \in Segments |-> [location |-> IF d = "left" THEN 0 ELSE 1,
                                      states |-> {}, version |-> 0]]]

OneGroup == {[e \in {"snapLeft", "snapRight"} |-> IF e = "snapLeft" THEN "left" ELSE "right"]}

(* The writer uses the left disk through a1 and the right one through a2; the reader reads the
   right one through a1. *)
WritesLeftAndRight(h) ==
  \/ Uses(h, writer, a1, {}, {"left"})
  \/ Uses(h, writer, a2, {}, {"right"})
  \/ Uses(h, reader, a1, {"right"}, {})

(* The same, but nothing is written twice, for a cut is made of first writes only. *)
WritesOnce(h) ==
  /\ h = writer
  /\ \E d \in {"left", "right"}, s \in Segments, b \in Blocks :
       /\ storage[table[d][s].location][b] = Zero
       /\ Write(h, IF d = "left" THEN a1 ELSE a2, d, s, b, 1)

-----------------------------------------------------------------------------
(* Without a barrier, the disks are frozen all of them and then copied all of them in one step. *)

(* Disk by disk: each disk of the group is frozen, and its table copied, before the next one is
   looked at. Until all have been copied, none of the snapshots is there for hosts. *)
Left(g) == DOMAIN g \ DOMAIN table

FreezeOne(g, n) ==
  /\ g \in DOMAIN clones
  /\ \/ MayBegin(g) /\ ~NeedsBarrier(g)
     \/ clones[g].step = "quiescing" /\ FreezesOnlyWhenQuiet(g)
  /\ LET e == CHOOSE x \in Left(g) : TRUE IN
       /\ ChangeDisks({g[e]}, "Nw", TRUE, n, FreezeCommands({g[e]}, n))
       /\ CloneGoesTo(g, "freezing", FreezeCommands({g[e]}, n))
  /\ UNCHANGED <<container, faults, jobs, deletions, recovery, agents>>

CopyOne(g, n) ==
  /\ g \in DOMAIN clones
  /\ clones[g].step = "freezing"
  /\ CopiesOnlyWhenAllAnswered(g)
  /\ LET e == CHOOSE x \in Left(g) : TRUE IN
       /\ table' = With(table, e, Changed(g[e], "held", FALSE, n))
       /\ CloneGoesTo(g, IF Left(g) = {e} THEN "copied"
                         ELSE IF NeedsBarrier(g) THEN "quiescing" ELSE "asked", {})
  /\ version' = n
  /\ names' = names \union DOMAIN g
  /\ UNCHANGED <<container, openings, faults, jobs, deletions, recovery, agents, net>>

(* A disk whose table is copied is left to jobs again, though its group is not done. *)
CloningLeft(d) == \E g \in DOMAIN clones : d \in {g[e] : e \in Left(g)}

(* What hosts see of the disks: a group's snapshots only when they are all there. *)
Hidden == UNION {DOMAIN g : g \in {x \in DOMAIN clones : Left(x) # {}}}

ContentsOfWholeGroups ==
  [d \in DOMAIN table \ Hidden |-> [s \in Segments |-> storage[table[d][s].location]]]
=============================================================================
