--------------------------- MODULE MappingController ---------------------------
(***************************************************************************)
(* The controller: the persistent tables, mapping faults, and copy on      *)
(* first write (P18.1). It persists, changes its state and sends in one    *)
(* step, in this order. Java: dev.faultline.core.ControllerCore.           *)
(***************************************************************************)
EXTENDS MappingState

(* The agents that map disk d, and so must be told when its table changes: here all of them; see
   MappingOpening. *)
Mappers(d) == members

Serving    == recovery.step = "serving"
Up         == recovery.step # "down"
Idle(s)    == s \notin DOMAIN jobs
Busy(d)    == \E s \in DOMAIN jobs : jobs[s].disk = d

(* Several disks are brought to a stand before snapshots are made of them together: a barrier makes
   agents hold all I/O on them. *)
NeedsBarrier(g) == \E d, e \in Range(g) : d # e

(* A snapshot of disk d is asked for, or under way. *)
Cloned(g)  == clones[g].step = "copied" /\ ~NeedsBarrier(g)
Cloning(d) == \E g \in DOMAIN clones : d \in Range(g) /\ ~Cloned(g)

(* Disk d, or one that has the same location for segment s, is to be deleted. *)
Leaving(d, s) ==
  /\ d \in DOMAIN table
  /\ \E e \in DOMAIN deletions :
       e = d \/ (~IsEmpty(table[d][s]) /\ table[e][s].location = table[d][s].location)

(* RULE. What a table entry is changed to gets a version that no entry had before. *)
IsNewVersion(n) == n > version

(* RULE. Commands about one entry go out one after the other, each when the one before is
   answered: a command that switches a state relies on the entry that it finds. A snapshot or a
   deletion that was asked for goes first: a job could lift the Nw that the snapshot has set. *)
OneAtATime(d, s) == Serving /\ Idle(s) /\ ~Cloning(d) /\ ~Leaving(d, s)

FaultsOn(d, s) == {f \in faults : f.disk = d /\ f.segment = s /\ f.kind \in Kinds}

(* The commands that tell all agents of disk d its entry for segment s. *)
EntryCommands(d, s, entry, blocking) ==
  {SetEntry(a, d, {s}, [t \in {s} |-> entry], blocking) : a \in Mappers(d)}

-----------------------------------------------------------------------------
(* A mapping fault arrives. *)
ReceiveFault(f) ==
  /\ Up
  /\ f \in DOMAIN net
  /\ f.type = "fault"
  /\ faults' = IF f.agent \in Mappers(f.disk) THEN faults \union {f} ELSE faults
  /\ net' = Received(net, f)
  /\ UNCHANGED <<container, persistent, jobs, clones, deletions, recovery, agents>>

(* A disk that does not exist has an entry that says so. *)
PersistentEntry(d, s) == IF d \in DOMAIN table THEN table[d][s] ELSE ErrorEntry

(* The entry allows what the agent could not do, or forbids it for good. *)
Settles(entry, f) == f.kind \in Kinds /\ (Allows(entry, f.kind) \/ "error" \in entry.states)

(* The persistent entry settles the fault: it is sent to the agent. *)
Refresh(f) ==
  /\ f \in faults
  /\ OneAtATime(f.disk, f.segment)
  /\ LET entry == PersistentEntry(f.disk, f.segment)
         c     == SetEntry(f.agent, f.disk, {f.segment}, [s \in {f.segment} |-> entry], FALSE) IN
       /\ Settles(entry, f)
       /\ faults' = {g \in faults : ~(/\ g \in FaultsOn(f.disk, f.segment)
                                      /\ g.agent = f.agent
                                      /\ Settles(entry, g))}
       /\ jobs' = With(jobs, f.segment, NewJob("refreshing", f.disk, NoLocation, NoLocation, {c}))
       /\ net' = Sent(net, {c})
  /\ UNCHANGED <<container, persistent, clones, deletions, recovery, agents>>

-----------------------------------------------------------------------------
(* RULE. Data is copied only to a location that nothing names and no job fills. *)
Unused(l) == /\ l \notin DOMAIN storage
             /\ Users(l) = {}
             /\ \A s \in DOMAIN jobs : jobs[s].to # l

(* A write faulted on a segment that is shared: its data is to be copied to location l. *)
BeginCopy(f, l) ==
  /\ f \in faults
  /\ OneAtATime(f.disk, f.segment)
  /\ f.disk \in DOMAIN table
  /\ LET from == table[f.disk][f.segment].location IN
       /\ ~Allows(table[f.disk][f.segment], f.kind)
       /\ Shared(from)
       /\ l \in Locations
       /\ Unused(l)
       /\ storage' = With(storage, l, FreshBlocks)
       /\ jobs' = With(jobs, f.segment, NewJob("copying", f.disk, from, l, {}))
  /\ UNCHANGED <<older, members, cut, persistent, faults, clones, deletions, recovery, agents, net>>

(* RULE. Storage that has lost power does nothing for the controller until it has heard of it: what it
   wrote before may be lost. *)
HasHeardOfLoss == Controller \notin cut

(* One block of the segment is copied; v is what was there. *)
CopyBlock(s, b, v) ==
  /\ s \in DOMAIN jobs
  /\ jobs[s].step = "copying"
  /\ HasHeardOfLoss
  /\ b \notin jobs[s].copied
  /\ v = Behind(jobs[s].from)[b]
  /\ storage' = [storage EXCEPT ![jobs[s].to][b] = v]
  /\ older' = OlderAfter(jobs[s].to, b, v)
  /\ jobs' = [jobs EXCEPT ![s].copied = @ \union {b}]
  /\ UNCHANGED <<members, cut, persistent, faults, clones, deletions, recovery, agents, net>>

(* RULE. A table names a copy only when every block of the segment is in it: a write may be
   smaller than a segment, and the rest must be carried along. *)
SwitchesOnlyWhenCopied(s) == jobs[s].copied = Blocks

(* RULE. A table names a copy only when it is durable: what is copied may have been flushed long ago. *)
SwitchesOnlyWhenFlushed(s) == StorageCaches => jobs[s].step = "flushed"

(* RULE. Nw is on when a segment has another location: until every agent has left the old one, or knows
   that the segment is empty no more, nobody writes to the new one. *)
StatesInCopy(states) == (states \ {"zero"}) \union {"Nw"}

(* The table of the writer's disk names the copy. The agents that use this table are told by
   blocking commands, so that their reads of the old location have drained when all have
   answered (P18.1). Nw stays on for now: see LiftsOnlyWhenAllAnswered. *)
Switch(s, n) ==
  /\ s \in DOMAIN jobs
  /\ jobs[s].step \in {"copying", "flushed"}
  /\ SwitchesOnlyWhenCopied(s)
  /\ SwitchesOnlyWhenFlushed(s)
  /\ IsNewVersion(n)
  /\ LET d        == jobs[s].disk
         entry    == [location |-> jobs[s].to, states |-> StatesInCopy(table[d][s].states), version |-> n]
         commands == EntryCommands(d, s, entry, TRUE) IN
       /\ table' = [table EXCEPT ![d][s] = entry]
       /\ version' = n
       /\ jobs' = [jobs EXCEPT ![s].step = "switching", ![s].awaits = commands]
       /\ net' = Sent(net, commands)
  /\ UNCHANGED <<container, names, openings, faults, clones, deletions, recovery, agents>>

(* Nw is lifted from segment s of disk d, in the persistent table first. *)
LiftNw(d, s, n) ==
  LET entry    == [SetState(table[d][s], "Nw", FALSE) EXCEPT !.version = n]
      commands == EntryCommands(d, s, entry, FALSE) IN
  /\ IsNewVersion(n)
  /\ table' = [table EXCEPT ![d][s] = entry]
  /\ version' = n
  /\ faults' = faults \ FaultsOn(d, s)
  /\ jobs' = With(jobs, s, NewJob("lifting", d, NoLocation, NoLocation, commands))
  /\ net' = Sent(net, commands)
  /\ UNCHANGED <<container, names, openings, clones, deletions, recovery, agents>>

(* RULE. Writes are let through only when every agent that uses the table has left the old
   location (P18.1): before that, one agent could write to the copy while another still reads
   the old location through the same disk. *)
LiftsOnlyWhenAllAnswered(s) == jobs[s].awaits = {}

LiftAfterCopy(s, n) ==
  /\ s \in DOMAIN jobs
  /\ jobs[s].step = "switching"
  /\ LiftsOnlyWhenAllAnswered(s)
  /\ LiftNw(jobs[s].disk, s, n)

(* RULE. Nw is lifted without a copy only when no other table names the location. *)
LiftsOnlyWhenUnshared(l) == ~Shared(l)

(* A write faulted on a segment that is shared no more. *)
LiftUnshared(f, n) ==
  /\ f \in faults
  /\ OneAtATime(f.disk, f.segment)
  /\ f.disk \in DOMAIN table
  /\ ~Allows(table[f.disk][f.segment], f.kind)
  /\ ~IsEmpty(table[f.disk][f.segment])
  /\ LiftsOnlyWhenUnshared(table[f.disk][f.segment].location)
  /\ LiftNw(f.disk, f.segment, n)

(* All agents that were told have answered. This is no rule: since entries have versions nothing
   breaks without it (model NotAwaited). It keeps few commands on their way. *)
FinishesOnlyWhenAllAnswered(s) == jobs[s].awaits = {}

FinishJob(s) ==
  /\ s \in DOMAIN jobs
  /\ jobs[s].step \in {"refreshing", "lifting"}
  /\ FinishesOnlyWhenAllAnswered(s)
  /\ jobs' = Without(jobs, s)
  /\ UNCHANGED <<container, persistent, faults, clones, deletions, recovery, agents, net>>

-----------------------------------------------------------------------------
(* The controller asks an agent for the entries that it has of a disk (P12.28). *)
Inspect(a, d) ==
  LET c == GetEntry(a, d, Segments, FALSE) IN
  /\ Up
  /\ d \in DOMAIN table
  /\ a \in Mappers(d)
  /\ c \notin Commands \union DOMAIN owed \union {m.command : m \in Answers}
  /\ net' = Sent(net, {c})
  /\ UNCHANGED <<container, persistent, controller, agents>>

OfAgent(a, C) == {c \in C : c.to = a}

(* Somebody who awaited the answer to commands C, or had them answered in another way, goes on. *)
Unawaited(C) ==
  /\ jobs' = [s \in DOMAIN jobs |-> [jobs[s] EXCEPT !.awaits = @ \ C]]
  /\ clones' = [g \in DOMAIN clones |-> [clones[g] EXCEPT !.awaits = @ \ C]]
  /\ deletions' = [d \in DOMAIN deletions |-> [deletions[d] EXCEPT !.awaits = @ \ C]]
  /\ recovery' = [recovery EXCEPT !.awaits = @ \ C]

(* An agent's answer m arrives. Whoever awaited it awaits it no more. *)
ReceiveAnswer(m) ==
  /\ Up
  /\ m \in DOMAIN net
  /\ m.type = "answer"
  /\ Unawaited({m.command})
  /\ net' = Received(net, m)
  /\ UNCHANGED <<container, persistent, faults, agents>>
=============================================================================
