---------------------------- MODULE MappingLiveness ----------------------------
(***************************************************************************)
(* What must happen in the end, and what has to be fair for it. Nobody has *)
(* to begin an I/O, ask for a snapshot or fail; what was begun goes on.    *)
(***************************************************************************)
EXTENDS MappingProperties

(* The controller serves a fault in one of these ways. *)
Serve(f) ==
  \/ Refresh(f)
  \/ \E l \in Locations : BeginCopy(f, l)
  \/ LiftUnshared(f, NewVersion)
  \/ \E l \in Locations : BeginFill(f, l)
  \/ RefuseWrite(f)
  \/ ForgetOffer(f)
  \/ Hold(f, NewVersion)

MessageFairness ==
  \A a \in Agents :
    /\ WF_vars(\E c \in Commands : c.to = a /\ ApplyCommand(c))
    /\ WF_vars(\E c \in DOMAIN owed : c.to = a /\ AnswerCommand(c))
    /\ WF_vars(\E m \in Answers : m.command.to = a /\ ReceiveAnswer(m))
    /\ WF_vars(\E f \in Faults : f.agent = a /\ ReceiveFault(f))

(* Whatever else keeps a segment busy, the controller does not pass over a fault for ever. This is
   strong fairness: between the jobs on a segment, each fault on it can be served, and then not. *)
FaultFairness ==
  \A a \in Agents, d \in Disks, s \in Segments :
    SF_vars(\E f \in faults : f.agent = a /\ f.disk = d /\ f.segment = s /\ Serve(f))

ProcedureFairness ==
  /\ \A s \in Segments : WF_vars(JobStep(s))
  /\ \A g \in Cuts : WF_vars(SnapshotStep(g) /\ g \in DOMAIN clones)
  /\ \A d \in Disks : WF_vars(Delete(d, NewVersion) \/ \E freed \in SUBSET Locations : Remove(d, freed))

Fairness ==
  /\ \A h \in Hosts : WF_vars(IoStep(h))
  /\ MessageFairness
  /\ FaultFairness
  /\ ProcedureFairness

(* A controller that is down comes back, and what is not answered is said again. *)
RecoveryFairness ==
  /\ WF_vars(Recover(NewVersion))
  /\ WF_vars(FinishRecovery)
  /\ \A h \in Hosts : WF_vars(Remind(h))

(* An agent that does not answer is fenced, and one that is fenced stops. *)
FencingFairness ==
  /\ \A a \in Agents : WF_vars(a \notin running /\ Fence(a))
  /\ \A a \in Agents : WF_vars(a \notin members /\ CrashAgent(a))
  /\ \A h \in Hosts : WF_vars(Abandon(h) \/ Refuse(h))

(* A message that is sent again and again arrives in the end. *)
NetworkFairness ==
  /\ \A a \in Agents :
       /\ SF_vars(\E c \in Commands : c.to = a /\ ApplyCommand(c))
       /\ SF_vars(\E m \in Answers : m.command.to = a /\ ReceiveAnswer(m))
       /\ SF_vars(\E f \in Faults : f.agent = a /\ ReceiveFault(f))
       /\ WF_vars(\E c \in Awaited : c.to = a /\ Resend(c))
  /\ \A h \in Hosts : WF_vars(Remind(h))

(* What is about opening and closing, and comes again and again, arrives in the end. *)
OpeningFairness ==
  \A a \in Agents, d \in Disks :
    /\ SF_vars(\E m \in OfType("open") : m.agent = a /\ m.disk = d /\ ReceiveOpen(m))
    /\ SF_vars(\E m \in OfType("close") : m.agent = a /\ m.disk = d /\ ReceiveClose(m))
    /\ SF_vars(\E m \in OfType("opened") : m.to = a /\ m.disk = d /\ ReceiveOpened(m))
    /\ SF_vars(\E m \in OfType("closed") : m.to = a /\ m.disk = d /\ ReceiveClosed(m))
    /\ WF_vars(RemindOpening(a, d))

(* The controller flushes, and hears that power was lost; an agent hears it by its next I/O. *)
FlushFairness ==
  /\ \A s \in Segments : WF_vars(FlushCopy(s) \/ FlushHeld(s))
  /\ \A g \in Cuts : WF_vars(FlushDisks(g))
  /\ WF_vars(Reconnect)
  /\ \A h \in Hosts : WF_vars(Refuse(h))

FairSpec         == Spec /\ Fairness
FairRecoverySpec == Spec /\ Fairness /\ RecoveryFairness
FairFencingSpec  == Spec /\ Fairness /\ FencingFairness
FairNetworkSpec  == Spec /\ Fairness /\ NetworkFairness
FairOpeningSpec  == Spec /\ OpeningFairness
FairFlushSpec    == Spec /\ Fairness /\ FlushFairness
FairReopeningSpec == Spec /\ Fairness /\ OpeningFairness /\ \A h \in Hosts : WF_vars(Remind(h))

-----------------------------------------------------------------------------
(* Every I/O is answered. *)
EveryIoEnds == \A h \in Hosts : (h \in DOMAIN ios) ~> (h \notin DOMAIN ios)

(* Every fault is served. *)
EveryFaultIsServed ==
  \A a \in Agents, d \in Disks, s \in Segments, k \in Kinds :
    (FaultOf(a, d, s, k) \in faults) ~> (FaultOf(a, d, s, k) \notin faults)

(* What an agent says may be zeros is looked at. *)
EveryOfferIsLookedAt ==
  \A a \in Agents, d \in Disks, s \in Segments :
    (FaultOf(a, d, s, "trim") \in faults) ~> (FaultOf(a, d, s, "trim") \notin faults)

(* A snapshot that was asked for is made, though hosts never stop writing. *)
EverySnapshotEnds == \A g \in Cuts : (g \in DOMAIN clones) ~> (g \notin DOMAIN clones)

EveryDeletionEnds == \A d \in Disks : (d \in DOMAIN deletions) ~> (d \notin DOMAIN deletions)

(* After quiesce comes activate: no agent that runs holds I/O for ever. *)
Holds(a, d) ==
  /\ a \in running
  /\ d \in DOMAIN cache[a]
  /\ \E s \in Segments : "held" \in cache[a][d][s].states

EveryBarrierEnds == \A a \in Agents, d \in Disks : Holds(a, d) ~> ~Holds(a, d)

(* Opening or closing a disk ends: it is open, or closed, also when there is no such disk. *)
EveryOpeningEnds ==
  \A a \in Agents, d \in Disks :
    OpeningOf(a, d).step \in {"opening", "closing"} ~> OpeningOf(a, d).step \in {"open", "closed"}

EveryRecoveryEnds == ~Serving ~> Serving

THEOREM FairSpec => EveryIoEnds /\ EveryFaultIsServed /\ EverySnapshotEnds
THEOREM FairSpec => EveryDeletionEnds /\ EveryBarrierEnds
THEOREM FairRecoverySpec => EveryRecoveryEnds
=============================================================================
