--------------------------- MODULE MCFlushSituations ---------------------------
(***************************************************************************)
(* Situations of a storage that loses power; see MCSituations.             *)
(***************************************************************************)
EXTENDS MCFlush, Reaching

(* Host h has a flush in this phase, and storage has lost power since it was sent. *)
FlushCut(h, phase) == ios[h].kind = "flush" /\ ios[h].phase = phase /\ ios[h].agent \in cut

(* The controller has not heard that power was lost. *)
Unaware == Up /\ Controller \in cut

Situations ==
  /\ Met(88, "flush on its way when power is lost", \E h \in DOMAIN ios : FlushCut(h, "started"))
  /\ Met(89, "flush performed before power is lost", \E h \in DOMAIN ios : FlushCut(h, "performed"))
  /\ Met(90, "data that was not flushed since power was lost", cut # {} /\ older # {})
  /\ Met(91, "two old values of one block",
         \E t, u \in older : t # u /\ t[1] = u[1] /\ t[2] = u[2])
  /\ Met(92, "power is lost under a copy", \E s \in DOMAIN jobs : Unaware /\ jobs[s].step = "copying" /\ jobs[s].copied # {})
  /\ Met(93, "power is lost under a copy that is durable", \E s \in DOMAIN jobs : Unaware /\ jobs[s].step = "flushed")
  /\ Met(94, "power is lost while the controller looks", \E s \in DOMAIN jobs : Unaware /\ jobs[s].step = "looking")
  /\ Met(95, "power is lost while disks are frozen", \E g \in DOMAIN clones : Unaware /\ clones[g].step = "freezing" /\ clones[g].awaits = {})
  /\ Met(96, "power is lost before a table is copied", \E g \in DOMAIN clones : Unaware /\ clones[g].step = "flushed")
  /\ Met(97, "controller down with a copy that is not durable",
         ~Up /\ \E t \in older : Users(t[1]) = {})
  /\ Met(98, "data reached through an agent that joined after the loss",
         \E h \in DOMAIN ios : ios[h].agent = a3 /\ ios[h].phase = "started" /\ ios[h].location # NoLocation)
  /\ Met(99, "disk going that has data not flushed",
         \E d \in DOMAIN deletions, t \in older : UsedBy(d, t[1]))
=============================================================================
