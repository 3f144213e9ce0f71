------------------------------ MODULE MappingSpace ------------------------------
(***************************************************************************)
(* Empty segments. A new disk has no location: its entries have the state  *)
(* "zero". What is read there is zeros; what is written there faults, and  *)
(* the controller gives the segment a location. A segment that hosts have  *)
(* filled with zeros becomes empty again, and its storage is free when no  *)
(* other disk uses it. A write for which there is no space left fails.     *)
(* None of it is in the source.                                            *)
(*                                                                         *)
(* To trim blocks is to write zeros there: on an empty segment that does   *)
(* nothing, and where storage is shared it is a first write like others.   *)
(* Storage is not given back because an agent says so. It says it when a   *)
(* whole segment was trimmed, and the controller looks for itself: hosts   *)
(* may have written there since, and what the agent said may come late.    *)
(*                                                                         *)
(* Models that are not about it leave SpaceStep out, and have no empty     *)
(* segments.                                                               *)
(***************************************************************************)
EXTENDS MappingOpening

EmptyEntry == [location |-> NoLocation, states |-> {"zero"}, version |-> 0]

(* A new disk. It is empty. *)
Create(d, n) ==
  /\ Serving
  /\ NeverNamedBefore(d)
  /\ \A g \in DOMAIN clones : d \notin DOMAIN g
  /\ IsNewVersion(n)
  /\ table' = With(table, d, [s \in Segments |-> [EmptyEntry EXCEPT !.version = n]])
  /\ version' = n
  /\ names' = names \union {d}
  /\ UNCHANGED <<container, openings, controller, agents, net>>

-----------------------------------------------------------------------------
(* Something is to be written to an empty segment: it gets location l, where first the zeros are written
   that hosts see there, for what l holds is what was there before. Then it goes on as for a copy: Switch,
   LiftAfterCopy. *)
BeginFill(f, l) ==
  /\ f \in faults
  /\ f.kind = "write"
  /\ OneAtATime(f.disk, f.segment)
  /\ f.disk \in DOMAIN table
  /\ IsEmpty(table[f.disk][f.segment])
  /\ l \in Locations
  /\ Unused(l)
  /\ storage' = With(storage, l, FreshBlocks)
  /\ jobs' = With(jobs, f.segment, NewJob("copying", f.disk, NoLocation, l, {}))
  /\ UNCHANGED <<older, members, cut, persistent, faults, clones, deletions, recovery, agents, net>>

-----------------------------------------------------------------------------
(* An agent says that a segment with storage may be zeros throughout. It may be wrong. *)
Offer(a, d, s) ==
  /\ a \in running
  /\ Maps(a, d)
  /\ CachedEntry(a, d, s).location # NoLocation
  /\ net' = Sent(net, {FaultOf(a, d, s, "trim")})
  /\ UNCHANGED <<container, persistent, controller, agents>>

(* A segment with storage, of a disk that is there. *)
HasStorage(d, s) == d \in DOMAIN table /\ ~IsEmpty(table[d][s])

Offers(d, s) == {f \in faults : f.disk = d /\ f.segment = s /\ f.kind = "trim"}

(* There is nothing to give back. *)
ForgetOffer(f) ==
  /\ f \in faults
  /\ f.kind = "trim"
  /\ OneAtATime(f.disk, f.segment)
  /\ ~HasStorage(f.disk, f.segment)
  /\ faults' = faults \ {f}
  /\ UNCHANGED <<container, persistent, jobs, clones, deletions, recovery, agents, net>>

(* The controller makes all agents of the disk hold I/O on the segment, to look at it in peace. *)
Hold(f, n) ==
  /\ f \in faults
  /\ f.kind = "trim"
  /\ OneAtATime(f.disk, f.segment)
  /\ HasStorage(f.disk, f.segment)
  /\ IsNewVersion(n)
  /\ LET d        == f.disk
         s        == f.segment
         entry    == [SetState(table[d][s], "held", TRUE) EXCEPT !.version = n]
         commands == EntryCommands(d, s, entry, TRUE) IN
       /\ table' = [table EXCEPT ![d][s] = entry]
       /\ version' = n
       /\ faults' = faults \ Offers(d, s)
       /\ jobs' = With(jobs, s, NewJob("holding", d, entry.location, NoLocation, commands))
       /\ net' = Sent(net, commands)
  /\ UNCHANGED <<container, names, openings, clones, deletions, recovery, agents>>

(* RULE. The controller looks at a segment only when every agent has answered: a write may be on its
   way to storage before. *)
LooksOnlyWhenAllAnswered(s) == jobs[s].awaits = {}

(* RULE. It looks only at what is durable: zeros that are lost with power would be made out of data
   that came back. *)
LooksOnlyWhenFlushed(s) == StorageCaches => jobs[s].step = "looking"

(* It looks at one block; v is what is there. Where it is anything but zeros, there is no need to look further. *)
CheckBlock(s, b, v) ==
  /\ s \in DOMAIN jobs
  /\ jobs[s].step \in {"holding", "looking"}
  /\ HasHeardOfLoss
  /\ b \notin jobs[s].copied
  /\ LooksOnlyWhenAllAnswered(s)
  /\ LooksOnlyWhenFlushed(s)
  /\ v = storage[jobs[s].from][b]
  /\ jobs' = IF v = Zero THEN [jobs EXCEPT ![s].copied = @ \union {b}] ELSE [jobs EXCEPT ![s].step = "releasing"]
  /\ UNCHANGED <<container, persistent, faults, clones, deletions, recovery, agents, net>>

(* The hold ends: the segment has this entry from now on, and the agents are told. *)
EndHold(s, entry, n) ==
  LET d        == jobs[s].disk
      new      == [SetState(entry, "held", FALSE) EXCEPT !.version = n]
      commands == EntryCommands(d, s, new, FALSE) IN
  /\ IsNewVersion(n)
  /\ table' = [table EXCEPT ![d][s] = new]
  /\ version' = n
  /\ jobs' = With(jobs, s, NewJob("lifting", d, NoLocation, NoLocation, commands))
  /\ net' = Sent(net, commands)

(* RULE. A segment becomes empty only when the controller has seen that all of it is zeros. *)
EmptiesOnlyZeros(s) == jobs[s].copied = Blocks

(* RULE. The location is freed if no other disk uses it. *)
FreesOnlyItsOwn(d, l, freed) == freed = IF Users(l) = {d} THEN {l} ELSE {}

(* The segment is empty from now on, and its location is given back. *)
Vacate(s, n, freed) ==
  /\ s \in DOMAIN jobs
  /\ jobs[s].step \in {"holding", "looking"}
  /\ EmptiesOnlyZeros(s)
  /\ FreesOnlyItsOwn(jobs[s].disk, jobs[s].from, freed)
  /\ EndHold(s, EmptyEntry, n)
  /\ storage' = [l \in DOMAIN storage \ freed |-> storage[l]]
  /\ UNCHANGED <<older, members, cut, names, openings, faults, clones, deletions, recovery, agents>>

(* It is not, and everything stays as it was. *)
Release(s, n) ==
  /\ s \in DOMAIN jobs
  /\ jobs[s].step = "releasing"
  /\ EndHold(s, table[jobs[s].disk][s], n)
  /\ UNCHANGED <<container, names, openings, faults, clones, deletions, recovery, agents>>

-----------------------------------------------------------------------------
(* A write to this segment needs a location. *)
NeedsSpace(d, s) == IsEmpty(table[d][s]) \/ Shared(table[d][s].location)

(* RULE. A write is refused only when there is no location left. *)
RefusesOnlyWhenFull == \A l \in Locations : ~Unused(l)

(* A write faulted, and there is no space for it: the agent is told so. A host that is told can do
   something about it, and one that waits cannot be told from one that is forgotten. *)
RefuseWrite(f) ==
  /\ f \in faults
  /\ f.kind = "write"
  /\ OneAtATime(f.disk, f.segment)
  /\ f.disk \in DOMAIN table
  /\ NeedsSpace(f.disk, f.segment)
  /\ RefusesOnlyWhenFull
  /\ faults' = faults \ {f}
  /\ net' = Sent(net, {FullFor(f)})
  /\ UNCHANGED <<container, persistent, jobs, clones, deletions, recovery, agents>>

(* The agent hears it. *)
ReceiveFull(m) ==
  /\ m \in OfType("full")
  /\ m.to \in running
  /\ ios' = [h \in DOMAIN ios |->
               IF /\ <<ios[h].agent, ios[h].disk, ios[h].segment>> = <<m.to, m.disk, m.segment>>
                  /\ ios[h].kind = "write"
                  /\ ios[h].phase = "faulted"
               THEN [ios[h] EXCEPT !.phase = "full"]
               ELSE ios[h]]
  /\ net' = Received(net, m)
  /\ UNCHANGED <<container, persistent, controller, running, opened, cache, owed>>

(* The agent returns the write to the host as failed. It has had no effect. *)
Fail(h) ==
  /\ HasIo(h, {"full"})
  /\ ios' = Without(ios, h)
  /\ UNCHANGED <<container, persistent, controller, running, opened, cache, owed, net>>
=============================================================================
