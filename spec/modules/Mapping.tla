-------------------------------- MODULE Mapping --------------------------------
(***************************************************************************)
(* The mapping protocol: virtual disks by table-driven I/O mapping, with   *)
(* snapshots that copy tables and move no data. The state is in module     *)
(* MappingState; what hosts, agents and storage do is in MappingAgents,    *)
(* what the controller does in MappingController (segments) and            *)
(* MappingSnapshots (disks); who maps a disk is in MappingOpening, empty   *)
(* segments are in MappingSpace, what storage keeps in MappingFlush, what  *)
(* goes wrong in MappingFailures; what must hold is in MappingProperties.  *)
(*                                                                         *)
(* A rule is a named operator, marked RULE where it is defined. A model    *)
(* takes one away by substitution in its configuration, or leaves out      *)
(* steps that it is not about.                                             *)
(***************************************************************************)
EXTENDS MappingFailures

NewVersion == version + 1

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
  \/ Reject(h)
  \/ Perform(h)
  \/ Complete(h, ios[h].value)
  \/ Fail(h)

CommandStep ==
  \/ \E c \in Commands : ApplyCommand(c)
  \/ \E c \in DOMAIN owed : AnswerCommand(c)
  \/ \E m \in Answers : ReceiveAnswer(m)

FaultStep ==
  \/ \E f \in Faults : ReceiveFault(f)
  \/ \E f \in faults : Refresh(f)
  \/ \E f \in faults, l \in Locations : BeginCopy(f, l)
  \/ \E f \in faults : LiftUnshared(f, NewVersion)

(* What may be given back with a segment: its location, or nothing. *)
MayBeFreed(s) == IF s \in DOMAIN jobs THEN {{}, {jobs[s].from}} ELSE {}

JobStep(s) ==
  \/ \E b \in Blocks : CopyBlock(s, b, Behind(jobs[s].from)[b])
  \/ \E b \in Blocks : CheckBlock(s, b, Behind(jobs[s].from)[b])
  \/ Switch(s, NewVersion)
  \/ LiftAfterCopy(s, NewVersion)
  \/ \E freed \in MayBeFreed(s) : Vacate(s, NewVersion, freed)
  \/ Release(s, NewVersion)
  \/ FinishJob(s)

(* All that can be asked for: any new names, each for any disk. *)
Cuts == UNION {[E -> Disks] : E \in SUBSET Disks}

SnapshotStep(g) ==
  \/ AskSnapshot(g)
  \/ Quiesce(g, NewVersion)
  \/ Freeze(g, NewVersion)
  \/ CopyTable(g, NewVersion)
  \/ Activate(g, NewVersion)
  \/ AnswerSnapshot(g)

DeletionStep(d) ==
  \/ AskDeletion(d)
  \/ Delete(d, NewVersion)
  \/ \E freed \in SUBSET Locations : Remove(d, freed)

InspectionStep == \E a \in Agents, d \in Disks : Inspect(a, d)

OpeningStep ==
  \/ \E a \in Agents, d \in Disks : Open(a, d) \/ Close(a, d) \/ RemindOpening(a, d)
  \/ \E m \in OfType("open") : ReceiveOpen(m)
  \/ \E m \in OfType("opened") : ReceiveOpened(m)
  \/ \E m \in OfType("close") : ReceiveClose(m)
  \/ \E m \in OfType("closed") : ReceiveClosed(m)

(* What is about space. *)
SpaceStep ==
  \/ \E d \in Disks : Create(d, NewVersion)
  \/ \E f \in faults, l \in Locations : BeginFill(f, l)
  \/ \E a \in Agents, d \in Disks, s \in Segments : Offer(a, d, s)
  \/ \E f \in faults : ForgetOffer(f) \/ Hold(f, NewVersion) \/ RefuseWrite(f)
  \/ \E m \in OfType("full") : ReceiveFull(m)

HostFlush(h) == \E a \in Agents, d \in Disks : Flush(h, a, d)

(* The controller makes durable what it relies on. *)
FlushStep ==
  \/ \E s \in Segments : FlushCopy(s) \/ FlushHeld(s)
  \/ \E g \in Cuts : FlushDisks(g)

PowerStep ==
  \/ \E fallen \in SUBSET older : LosePower(fallen)
  \/ Reconnect

AgentFailureStep ==
  \/ \E a \in Agents : CrashAgent(a) \/ Join(a) \/ Fence(a)
  \/ \E h \in Hosts : Abandon(h) \/ Refuse(h)

ControllerFailureStep ==
  \/ CrashController
  \/ Recover(NewVersion)
  \/ FinishRecovery

NetworkFailureStep == \E m \in DOMAIN net : Lose(m) \/ Repeat(m)

(* What is not answered in time is said again. *)
RepetitionStep ==
  \/ \E c \in Awaited : Resend(c)
  \/ \E h \in Hosts : Remind(h)

Next ==
  \/ \E h \in Hosts : HostStep(h) \/ HostFlush(h) \/ IoStep(h)
  \/ CommandStep
  \/ FaultStep
  \/ \E s \in Segments : JobStep(s)
  \/ \E g \in Cuts : SnapshotStep(g)
  \/ \E d \in Disks : DeletionStep(d)
  \/ InspectionStep
  \/ OpeningStep
  \/ SpaceStep
  \/ FlushStep
  \/ PowerStep
  \/ AgentFailureStep
  \/ ControllerFailureStep
  \/ NetworkFailureStep
  \/ RepetitionStep

Spec == Init /\ [][Next]_vars
=============================================================================
