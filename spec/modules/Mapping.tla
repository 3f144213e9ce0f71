-------------------------------- MODULE Mapping --------------------------------
(***************************************************************************)
(* The mapping protocol: virtual disks by table-driven I/O mapping, with   *)
(* snapshots that copy tables and move no data. The state is in module     *)
(* MappingState, the actions are in MappingAgents and MappingController,   *)
(* what must hold is in MappingProperties.                                 *)
(*                                                                         *)
(* A rule is a named operator, marked RULE where it is defined. A model    *)
(* takes one away by substitution in its configuration.                    *)
(***************************************************************************)
EXTENDS MappingAgents, MappingController

(* Each disjunct below is one action. The sets are constants where they can be, so that TLC tells
   the actions apart in its counterexamples. *)
HostStep(h) ==
  \E a \in Agents, d \in Disks, s \in Segments, b \in Blocks :
    \/ Read(h, a, d, s, b)
    \/ \E v \in Contents : Write(h, a, d, s, b, v)

IoStep(h) ==
  \/ Start(h, EntryOf(h).location)
  \/ Retry(h, EntryOf(h).location)
  \/ Fault(h)
  \/ Perform(h)
  \/ Complete(h, ios[h].value)

CommandStep ==
  \/ \E c \in Commands : ApplyCommand(c)
  \/ \E c \in DOMAIN owed : AnswerCommand(c)
  \/ \E m \in Answers : ReceiveAnswer(m.command)

FaultStep ==
  \/ \E f \in Faults : ReceiveFault(f)
  \/ \E f \in faults : Refresh(f)
  \/ \E f \in faults, l \in Locations : BeginCopy(f, l)
  \/ \E f \in faults : LiftUnshared(f)

JobStep(s) ==
  \/ \E b \in Blocks : CopyBlock(s, b, storage[table[jobs[s].disk][s].location][b])
  \/ Switch(s)
  \/ LiftAfterCopy(s)
  \/ FinishJob(s)

SnapshotStep(e) ==
  \/ \E d \in Disks : AskSnapshot(d, e)
  \/ Freeze(e)
  \/ CopyTable(e)
  \/ AnswerSnapshot(e)

Next ==
  \/ \E h \in Hosts : HostStep(h) \/ IoStep(h)
  \/ CommandStep
  \/ FaultStep
  \/ \E s \in Segments : JobStep(s)
  \/ \E e \in Disks : SnapshotStep(e)

Spec == Init /\ [][Next]_vars
=============================================================================
