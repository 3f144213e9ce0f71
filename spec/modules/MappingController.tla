--------------------------- MODULE MappingController ---------------------------
(***************************************************************************)
(* The controller: the persistent tables, mapping faults, copy on first    *)
(* write (P18.1) and snapshots (P14.17, P15.5, P15.15). It persists,       *)
(* changes its state and sends in one step, in this order.                 *)
(* Java: dev.faultline.core.ControllerCore.                                *)
(***************************************************************************)
EXTENDS MappingState

(* The agents that map disk d, and so must be told when its table changes. *)
Mappers(d) == Agents

Idle(s)    == s \notin DOMAIN jobs
Busy(d)    == \E s \in DOMAIN jobs : jobs[s].disk = d
Cloning(d) == \E e \in DOMAIN clones : clones[e].from = d /\ clones[e].step # "copied"

(* RULE. Commands about one entry go out one after the other, each when the one before is
   answered: the network may let a command overtake another. A snapshot that was asked for
   goes first, so that it is not put off for ever by new jobs. *)
OneAtATime(d, s) == Idle(s) /\ ~Cloning(d)

FaultsOn(d, s) == {f \in faults : f.disk = d /\ f.segment = s}
NewJob(step, d, l, awaits) ==
  [step |-> step, disk |-> d, to |-> l, copied |-> {}, awaits |-> awaits]

(* The commands that tell all agents of disk d its entry for segment s. *)
EntryCommands(d, s, entry, blocking) ==
  {SetEntry(a, d, {s}, [t \in {s} |-> entry], blocking) : a \in Mappers(d)}

-----------------------------------------------------------------------------
(* A mapping fault arrives. *)
ReceiveFault(f) ==
  /\ f \in DOMAIN net
  /\ f.type = "fault"
  /\ faults' = faults \union {f}
  /\ net' = Received(net, f)
  /\ UNCHANGED <<storage, table, jobs, clones, cache, owed, ios>>

(* The persistent entry allows what agent a could not do: send it the entry. *)
Refresh(f) ==
  /\ f \in faults
  /\ OneAtATime(f.disk, f.segment)
  /\ LET entry == table[f.disk][f.segment] IN
       /\ Allows(entry, f.kind)
       /\ faults' = {g \in faults : ~(g \in FaultsOn(f.disk, f.segment)
                                      /\ g.agent = f.agent /\ Allows(entry, g.kind))}
       /\ LET c == SetEntry(f.agent, f.disk, {f.segment}, [s \in {f.segment} |-> entry], FALSE) IN
            /\ jobs' = With(jobs, f.segment, NewJob("refreshing", f.disk, NoLocation, {c}))
            /\ net' = Sent(net, {c})
  /\ UNCHANGED <<storage, table, clones, cache, owed, ios>>

-----------------------------------------------------------------------------
(* RULE. Data is copied only to a location that nothing names and no job fills. *)
Unused(l) == /\ l \notin DOMAIN storage
             /\ Users(l) = {}
             /\ \A s \in DOMAIN jobs : jobs[s].to # l

(* A write faulted on a segment that is shared: its data is to be copied to location l. *)
BeginCopy(f, l) ==
  /\ f \in faults
  /\ OneAtATime(f.disk, f.segment)
  /\ ~Allows(table[f.disk][f.segment], f.kind)
  /\ Shared(table[f.disk][f.segment].location)
  /\ Unused(l)
  /\ storage' = With(storage, l, [b \in Blocks |-> Zero])
  /\ jobs' = With(jobs, f.segment, NewJob("copying", f.disk, l, {}))
  /\ UNCHANGED <<table, faults, clones, cache, owed, ios, net>>

(* One block of the segment is copied; v is what was there. *)
CopyBlock(s, b, v) ==
  /\ s \in DOMAIN jobs
  /\ jobs[s].step = "copying"
  /\ b \notin jobs[s].copied
  /\ v = storage[table[jobs[s].disk][s].location][b]
  /\ storage' = [storage EXCEPT ![jobs[s].to][b] = v]
  /\ jobs' = [jobs EXCEPT ![s].copied = @ \union {b}]
  /\ UNCHANGED <<table, faults, clones, cache, owed, ios, net>>

(* RULE. A table names a copy only when every block of the segment is in it: a write may be
   smaller than a segment, and the rest must be carried along. *)
SwitchesOnlyWhenCopied(s) == jobs[s].copied = Blocks

(* The table of the writer's disk names the copy. The agents that use this table are told by
   blocking commands, so that their reads of the old location have drained when all have
   answered (P18.1). Nw stays on for now: see LiftsOnlyWhenAllAnswered. *)
Switch(s) ==
  /\ s \in DOMAIN jobs
  /\ jobs[s].step = "copying"
  /\ SwitchesOnlyWhenCopied(s)
  /\ LET d        == jobs[s].disk
         entry    == [table[d][s] EXCEPT !.location = jobs[s].to]
         commands == EntryCommands(d, s, entry, TRUE) IN
       /\ table' = [table EXCEPT ![d][s] = entry]
       /\ jobs' = [jobs EXCEPT ![s].step = "switching", ![s].awaits = commands]
       /\ net' = Sent(net, commands)
  /\ UNCHANGED <<storage, faults, clones, cache, owed, ios>>

(* Nw is lifted from segment s of disk d, in the persistent table first. *)
LiftNw(d, s) ==
  LET entry    == SetState(table[d][s], "Nw", FALSE)
      commands == EntryCommands(d, s, entry, FALSE) IN
  /\ table' = [table EXCEPT ![d][s] = entry]
  /\ faults' = faults \ FaultsOn(d, s)
  /\ jobs' = With(jobs, s, NewJob("lifting", d, NoLocation, commands))
  /\ net' = Sent(net, commands)
  /\ UNCHANGED <<storage, clones, cache, owed, ios>>

(* RULE. Writes are let through only when every agent that uses the table has left the old
   location (P18.1): before that, one agent could write to the copy while another still reads
   the old location through the same disk. *)
LiftsOnlyWhenAllAnswered(s) == jobs[s].awaits = {}

LiftAfterCopy(s) ==
  /\ s \in DOMAIN jobs
  /\ jobs[s].step = "switching"
  /\ LiftsOnlyWhenAllAnswered(s)
  /\ LiftNw(jobs[s].disk, s)

(* RULE. Nw is lifted without a copy only when no other table names the location. *)
LiftsOnlyWhenUnshared(l) == ~Shared(l)

(* A write faulted on a segment that is shared no more. *)
LiftUnshared(f) ==
  /\ f \in faults
  /\ OneAtATime(f.disk, f.segment)
  /\ ~Allows(table[f.disk][f.segment], f.kind)
  /\ LiftsOnlyWhenUnshared(table[f.disk][f.segment].location)
  /\ LiftNw(f.disk, f.segment)

(* All agents that were told have answered. *)
FinishJob(s) ==
  /\ s \in DOMAIN jobs
  /\ jobs[s].step \in {"refreshing", "lifting"}
  /\ jobs[s].awaits = {}
  /\ jobs' = Without(jobs, s)
  /\ UNCHANGED <<storage, table, faults, clones, cache, owed, ios, net>>

-----------------------------------------------------------------------------
(* Somebody asks for a snapshot of disk d under the new name e. *)
AskSnapshot(d, e) ==
  /\ d \in DOMAIN table
  /\ e \notin DOMAIN table \union DOMAIN clones
  /\ clones' = With(clones, e, [from |-> d, step |-> "asked", awaits |-> {}])
  /\ UNCHANGED <<storage, table, faults, jobs, cache, owed, ios, net>>

(* The commands that make every write to disk d fault: one for each agent, for all entries. *)
FreezeCommands(d) == {SetEntryState(a, d, Segments, "Nw", TRUE, TRUE) : a \in Mappers(d)}

(* Nw is set on every entry of the original, in the persistent table first and then at all
   agents, by a blocking command (P14.17). *)
Freeze(e) ==
  /\ e \in DOMAIN clones
  /\ clones[e].step = "asked"
  /\ LET d == clones[e].from IN
       /\ ~Busy(d)
       /\ \A x \in DOMAIN clones : clones[x].from = d => clones[x].step # "freezing"
       /\ table' = [table EXCEPT ![d] = [s \in Segments |-> SetState(table[d][s], "Nw", TRUE)]]
       /\ clones' = [clones EXCEPT ![e].step = "freezing", ![e].awaits = FreezeCommands(d)]
       /\ net' = Sent(net, FreezeCommands(d))
  /\ UNCHANGED <<storage, faults, jobs, cache, owed, ios>>

(* RULE. The table is copied only when every agent has answered: then no write to the original
   is in flight (P15.5). *)
CopiesOnlyWhenAllAnswered(e) == clones[e].awaits = {}

(* The table of the original, Nw included, becomes the table of the snapshot (P15.5). *)
CopyTable(e) ==
  /\ e \in DOMAIN clones
  /\ clones[e].step = "freezing"
  /\ CopiesOnlyWhenAllAnswered(e)
  /\ table' = With(table, e, table[clones[e].from])
  /\ clones' = [clones EXCEPT ![e].step = "copied"]
  /\ UNCHANGED <<storage, faults, jobs, cache, owed, ios, net>>

(* Whoever asked is told that the snapshot exists (P15.15). *)
AnswerSnapshot(e) ==
  /\ e \in DOMAIN clones
  /\ clones[e].step = "copied"
  /\ clones' = Without(clones, e)
  /\ UNCHANGED <<storage, table, faults, jobs, cache, owed, ios, net>>

-----------------------------------------------------------------------------
(* An agent's answer arrives. Whoever awaited it awaits it no more. *)
ReceiveAnswer(c) ==
  /\ AnswerTo(c) \in DOMAIN net
  /\ net' = Received(net, AnswerTo(c))
  /\ jobs' = [s \in DOMAIN jobs |-> [jobs[s] EXCEPT !.awaits = @ \ {c}]]
  /\ clones' = [e \in DOMAIN clones |-> [clones[e] EXCEPT !.awaits = @ \ {c}]]
  /\ UNCHANGED <<storage, table, faults, cache, owed, ios>>
=============================================================================
