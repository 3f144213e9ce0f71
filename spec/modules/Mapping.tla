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

HostStep(h) ==
  \E a \in Agents, d \in DOMAIN table, s \in Segments, b \in Blocks :
    \/ Read(h, a, d, s, b)
    \/ \E v \in Contents : Write(h, a, d, s, b, v)

AgentStep ==
  \/ \E h \in DOMAIN ios :
       \/ Start(h, EntryOf(h).location)
       \/ Retry(h, EntryOf(h).location)
       \/ Fault(h)
       \/ Complete(h, ios[h].value)
  \/ \E c \in Commands : ApplyCommand(c)
  \/ \E c \in DOMAIN owed : AnswerCommand(c)

StorageStep == \E h \in DOMAIN ios : Perform(h)

FaultStep ==
  \/ \E f \in {m \in DOMAIN net : m.type = "fault"} : ReceiveFault(f)
  \/ \E f \in faults :
       \/ Refresh(f)
       \/ LiftUnshared(f)
       \/ \E l \in Locations : BeginCopy(f, l)

JobStep ==
  \E s \in DOMAIN jobs :
    \/ \E b \in Blocks : CopyBlock(s, b, storage[table[jobs[s].disk][s].location][b])
    \/ Switch(s)
    \/ LiftAfterCopy(s)
    \/ FinishJob(s)

SnapshotStep ==
  \/ \E d \in DOMAIN table, e \in Disks : AskSnapshot(d, e)
  \/ \E e \in DOMAIN clones : Freeze(e) \/ CopyTable(e) \/ AnswerSnapshot(e)

AnswerStep == \E m \in {n \in DOMAIN net : n.type = "answer"} : ReceiveAnswer(m.command)

ControllerStep == FaultStep \/ JobStep \/ SnapshotStep \/ AnswerStep

Next ==
  \/ \E h \in Hosts : HostStep(h)
  \/ AgentStep
  \/ StorageStep
  \/ ControllerStep

Spec == Init /\ [][Next]_vars
=============================================================================
