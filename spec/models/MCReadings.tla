------------------------------- MODULE MCReadings -------------------------------
(***************************************************************************)
(* Other readings of the source, as operators to substitute in module      *)
(* Mapping. Each is modelled as literally as it can be; the configurations *)
(* Reading….cfg say which operators take part, and manifest.json which of  *)
(* them are safe.                                                          *)
(***************************************************************************)
EXTENDS MCGroups

-----------------------------------------------------------------------------
(* P15.5: the agent lets prior I/O complete, and then answers *and implements the change*. So the
   table is as it was while the drain lasts. *)
ApplyCommandLate(c) ==
  /\ c \in DOMAIN net
  /\ c.type \in CommandTypes
  /\ c.to \in running
  /\ owed' = IF c \in DOMAIN owed THEN owed ELSE With(owed, c, AwaitedBy(c))
  /\ net' = Received(net, c)
  /\ UNCHANGED <<container, persistent, controller, running, opened, cache, ios>>

AnswerCommandLate(c) ==
  /\ c \in DOMAIN owed
  /\ AnswersOnlyWhenDrained(c)
  /\ LET after == CacheAfter(c) IN
       /\ cache' = [cache EXCEPT ![c.to] = after]
       /\ ios' = [h \in DOMAIN ios |->
                    IF /\ Addresses(c, h)
                       /\ ios[h].phase = "faulted"
                       /\ Allows(after[ios[h].disk][ios[h].segment], ios[h].kind)
                    THEN [ios[h] EXCEPT !.phase = "renewed"]
                    ELSE ios[h]]
  /\ owed' = Without(owed, c)
  /\ net' = Sent(net, {AnswerTo(c, Obtained(c))})
  /\ UNCHANGED <<container, persistent, controller, running, opened>>

(* Meanwhile the agent holds new I/O on the entries that a blocking command addresses. *)
StartsOnlyWhenNotHeld(h) ==
  /\ Allows(EntryOf(h), ios[h].kind)
  /\ \A c \in DOMAIN owed : ~(c.blocking /\ Addresses(c, h))

RetriesOnlyWhenNotHeld(h) == ios[h].phase = "renewed" /\ StartsOnlyWhenNotHeld(h)

(* Or it holds nothing, but answers only when nothing at all is in flight on the entries. *)
AnswersOnlyWhenQuiet(c) ==
  c.blocking => \A h \in DOMAIN ios : ~(Addresses(c, h) /\ InFlight(h))

-----------------------------------------------------------------------------
(* P14.17, step 325: the invalid flag is set at the agents, instead of Nw. *)
FreezeByInvalid(D, n) ==
  {SetEntryState(a, d, Segments, "invalid", TRUE, n, TRUE) : a \in members, d \in D}

(* P12.28: that a command addresses many entries is optimal, not necessary. Here each addresses
   one, so that a snapshot awaits an answer for each agent and entry. *)
FreezeOneByOne(D, n) ==
  {SetEntryState(a, d, {s}, "Nw", TRUE, n, TRUE) : a \in members, d \in D, s \in Segments}

(* The writer writes every segment; nobody reads. *)
OneWrites(h) == Uses(h, writer, a1, {}, Disks)

-----------------------------------------------------------------------------
(* P18.1, as it stands: one set_entry carries the new location and the change of Nw. *)
SwitchAndLift(s, n) ==
  /\ s \in DOMAIN jobs
  /\ jobs[s].step = "copying"
  /\ SwitchesOnlyWhenCopied(s)
  /\ LET d        == jobs[s].disk
         entry    == [location |-> jobs[s].to, states |-> table[d][s].states \ {"Nw"}, version |-> n]
         commands == EntryCommands(d, s, entry, TRUE) IN
       /\ table' = [table EXCEPT ![d][s] = entry]
       /\ version' = n
       /\ faults' = faults \ FaultsOn(d, s)
       /\ jobs' = [jobs EXCEPT ![s].step = "lifting", ![s].awaits = commands]
       /\ net' = Sent(net, commands)
  /\ UNCHANGED <<container, names, openings, clones, deletions, recovery, agents>>

(* The hosts take turns: a call begins only when the one before has returned. Whatever breaks the
   refinement then is seen by hosts, and not a matter of which of two overlapping calls comes first. *)
HostsTakeTurns(h) ==
  DOMAIN ios = {} /\ (Uses(h, writer, a1, {}, Disks) \/ Uses(h, reader, a2, Disks, {}))

(* P18.1 does not say which of the sharing tables is updated. Here it is another one than the
   writer's: the writer keeps the location. If more than one other shares, they are moved one
   after the other, before the writer may write. *)
BeginCopyOfOther(f, l) ==
  /\ f \in faults
  /\ OneAtATime(f.disk, f.segment)
  /\ LET from == table[f.disk][f.segment].location IN
       /\ ~Allows(table[f.disk][f.segment], f.kind)
       /\ Shared(from)
       /\ Unused(l)
       /\ \E d \in Users(from) \ {f.disk} :
            /\ ~Busy(d) /\ ~Cloning(d)
            /\ storage' = With(storage, l, [b \in Blocks |-> Zero])
            /\ jobs' = With(jobs, f.segment, NewJob("copying", d, from, l, {}))
  /\ UNCHANGED <<older, members, cut, persistent, faults, clones, deletions, recovery, agents, net>>

(* When the other's agents have left the location, the fault is served anew: the location is
   shared no more, and LiftUnshared lets the writer go on. *)
EndAfterCopy(s, n) ==
  /\ s \in DOMAIN jobs
  /\ jobs[s].step = "switching"
  /\ LiftsOnlyWhenAllAnswered(s)
  /\ jobs' = Without(jobs, s)
  /\ UNCHANGED <<container, persistent, faults, clones, deletions, recovery, agents, net>>

-----------------------------------------------------------------------------
(* P13.7, the alternative: the blocking state is kept with each entry. The entries of the first
   disk have it; commands carry no flag. *)
BlockingEntries == [d \in {"disk"} |-> [s \in Segments |-> [location |-> s, states |-> {"blocking"}, version |-> 0]]]
EntryStatesWithBlocking == {"invalid", "Nw", "held", "error", "blocking"}

AwaitedByEntries(c) ==
  {h \in DOMAIN ios : /\ Addresses(c, h)
                      /\ InFlight(h)
                      /\ "blocking" \in CachedEntry(c.to, c.disk, ios[h].segment).states}
=============================================================================
