------------------------------ MODULE MappingFlush ------------------------------
(***************************************************************************)
(* What storage keeps when it loses power. It has a cache: data that was   *)
(* written there, by a host or by the controller, is durable only when it  *)
(* was flushed, and each block of it that was not may be there afterwards  *)
(* or not. Hosts flush disks; the controller flushes what it copied, what  *)
(* a snapshot will hold, and what it looks at. The tables are durable      *)
(* whenever they change: the controller has a store of its own for them.   *)
(* None of it is in the source.                                            *)
(*                                                                         *)
(* A host may not find out by itself that storage has lost its writes, nor *)
(* may the controller. So storage that comes back refuses all whom it has  *)
(* served before. An agent is of no use then: hosts go on through another, *)
(* and know by it that what they had not flushed may be lost. The          *)
(* controller begins its copies anew. If the same machine runs agents or   *)
(* the controller, they crash as well; see MappingFailures.                *)
(*                                                                         *)
(* Models that are about it say StorageCaches <- Yes, and have FlushStep.  *)
(***************************************************************************)
EXTENDS MappingSpace

(* A host asks an agent to flush a disk. It goes to storage at once, whatever the entries say. *)
Flush(h, a, d) ==
  /\ h \notin DOMAIN ios
  /\ a \in running
  /\ d \in DOMAIN table
  /\ Maps(a, d)
  /\ ios' = With(ios, h, [kind |-> "flush", agent |-> a, disk |-> d, segment |-> Nowhere, block |-> Nowhere,
                          value |-> Zero, phase |-> "started", location |-> NoLocation])
  /\ UNCHANGED <<container, persistent, controller, running, opened, cache, owed, net>>

-----------------------------------------------------------------------------
(* The controller flushes the copy that it has made. *)
FlushCopy(s) ==
  /\ s \in DOMAIN jobs
  /\ jobs[s].step = "copying"
  /\ SwitchesOnlyWhenCopied(s)
  /\ HasHeardOfLoss
  /\ jobs' = [jobs EXCEPT ![s].step = "flushed"]
  /\ older' = OlderWithout({jobs[s].to})
  /\ UNCHANGED <<storage, members, cut, persistent, faults, clones, deletions, recovery, agents, net>>

(* It flushes the segment that it holds, before it looks. *)
FlushHeld(s) ==
  /\ s \in DOMAIN jobs
  /\ jobs[s].step = "holding"
  /\ LooksOnlyWhenAllAnswered(s)
  /\ HasHeardOfLoss
  /\ jobs' = [jobs EXCEPT ![s].step = "looking"]
  /\ older' = OlderWithout({jobs[s].from})
  /\ UNCHANGED <<storage, members, cut, persistent, faults, clones, deletions, recovery, agents, net>>

(* It flushes the disks that it will make snapshots of, when nobody writes to them any more. *)
FlushDisks(g) ==
  /\ g \in DOMAIN clones
  /\ clones[g].step = "freezing"
  /\ CopiesOnlyWhenAllAnswered(g)
  /\ HasHeardOfLoss
  /\ CloneGoesTo(g, "flushed", {})
  /\ older' = OlderWithout({l \in DOMAIN storage : \E d \in Range(g) : UsedBy(d, l)})
  /\ UNCHANGED <<storage, members, cut, persistent, faults, jobs, deletions, recovery, agents, net>>

-----------------------------------------------------------------------------
(* RULE. Storage that comes back refuses all whom it has served before: all agents, and the controller. *)
CutByLoss == DOMAIN cache \union {Controller}

(* Each block falls back to one of its old values at most. *)
OneForEach(fallen) == \A t, u \in fallen : t[1] = u[1] /\ t[2] = u[2] => t = u

(* Storage loses power, and comes back. The blocks that have fallen hold old values again. *)
LosePower(fallen) ==
  /\ fallen \subseteq older
  /\ OneForEach(fallen)
  /\ storage' = [l \in DOMAIN storage |->
                   [b \in Blocks |->
                      IF \E t \in fallen : t[1] = l /\ t[2] = b
                      THEN (CHOOSE t \in fallen : t[1] = l /\ t[2] = b)[3]
                      ELSE storage[l][b]]]
  /\ older' = {}
  /\ cut' = CutByLoss
  /\ UNCHANGED <<members, persistent, controller, agents, net>>

(* RULE. What was copied before power was lost is copied again. *)
StillCopied(s) == IF jobs[s].step = "copying" THEN {} ELSE jobs[s].copied

(* The controller hears that storage has lost power. *)
Reconnect ==
  /\ Up
  /\ Controller \in cut
  /\ cut' = cut \ {Controller}
  /\ jobs' = [s \in DOMAIN jobs |-> [jobs[s] EXCEPT !.copied = StillCopied(s)]]
  /\ UNCHANGED <<storage, older, members, persistent, faults, clones, deletions, recovery, agents, net>>
=============================================================================
