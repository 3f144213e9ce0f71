------------------------------- MODULE MCFailures -------------------------------
(***************************************************************************)
(* Agents and controller that crash, and a network that loses and repeats  *)
(* messages. The agent a3 is what a1 comes back as.                        *)
(***************************************************************************)
EXTENDS MCSharing, MCGroups

CONSTANT a3

OneAgent  == {a1}
TwoAgents == {a1, a2}

(* The first agent fails: it crashes, or the controller believes so. *)
FirstAgentFails ==
  \/ CrashAgent(a1)
  \/ Fence(a1)
  \/ Join(a3)
  \/ \E h \in Hosts : Abandon(h) \/ Refuse(h)

(* It does not come back. *)
FirstAgentGoes == CrashAgent(a1) \/ Fence(a1) \/ \E h \in Hosts : Abandon(h) \/ Refuse(h)

(* The controller crashes before the table has changed so often; it comes back whenever it crashed. *)
CrashesBefore(n) ==
  \/ version < n /\ CrashController
  \/ Recover(NewVersion)
  \/ FinishRecovery
CrashesBefore3 == CrashesBefore(3)
CrashesBefore2 == CrashesBefore(2)

(* The controller crashes when the table has changed just so often. For a group: when the barrier is
   set up; when the disks are frozen; when the snapshots exist and the barrier still stands. *)
CrashesAt(n) ==
  \/ version = n /\ CrashController
  \/ Recover(NewVersion)
  \/ FinishRecovery
CrashesAt0 == CrashesAt(0)
CrashesAt1 == CrashesAt(1)
CrashesAt2 == CrashesAt(2)
CrashesAt3 == CrashesAt(3)

WithAgentFailures      == CoreNext \/ AgentFailureStep
WithControllerFailures == CoreNext \/ ControllerFailureStep \/ \E h \in Hosts : Remind(h)
WithFencing            == CoreNext \/ FirstAgentGoes
WithNetworkFailures    == CoreNext \/ NetworkFailureStep \/ RepetitionStep

(* The first agent crashes, and nobody fences it. *)
DeletingWithCrash == DeletingNext \/ CrashAgent(a1)

(* The controller crashes in the middle of a deletion. *)
DeletingWithControllerFailures ==
  \/ \E h \in Hosts : HostStep(h) \/ IoStep(h) \/ Remind(h)
  \/ CommandStep
  \/ FaultStep
  \/ \E s \in Segments : JobStep(s)
  \/ DeletionStep("disk")
  \/ ControllerFailureStep

(* The controller asks the first agent what it has. *)
InspectsFirst == Inspect(a1, "disk")
Inspecting    == CoreNext \/ InspectionStep

(* The writer writes to the disk through a1, and when it is back, through a3; the reader reads any
   disk through a2. *)
WritesThroughFirst(h) ==
  \/ Uses(h, writer, a1, {}, {"disk"})
  \/ Uses(h, writer, a3, {}, {"disk"})
  \/ Uses(h, reader, a2, {"snap"}, {})

NewThroughFirst(h) == WritesNew(h, {a1, a3}, {"disk"})

OnlyWritesDisk(h) == WritesDisk(h)
ReadsDisk(h)      == Uses(h, reader, a1, {"disk"}, {})
ReadsLeft(h)      == Uses(h, reader, a1, {"left"}, {})

(* The disk's table names a copy already, and the agents have not heard of it. *)
SwitchedTable ==
  [d \in {"disk", "snap"} |->
     [s \in Segments |-> IF d = "disk" THEN [location |-> 1, states |-> {"Nw"}, version |-> 1]
                                       ELSE [location |-> 0, states |-> {"Nw"}, version |-> 0]]]
One  == 1

(* Nobody uses the snapshot, so what agents know of it makes no difference. *)
RecoveryOfDisk == {SetEntry(a, "disk", Segments, table'["disk"], TRUE) : a \in members}

(* A disk whose last sharer is gone: Nw is still set, and is lifted at the next write. *)
LonelyTable == [d \in {"disk"} |->
                  [s \in Segments |-> [location |-> s, states |-> {"Nw"}, version |-> 0]]]

(* A command that lets writes through to the first location comes again. *)
RepeatsLift == \E m \in Commands :
  /\ m.type = "set_entry"
  /\ m.entries[0].location = 0
  /\ m.entries[0].states = {}
  /\ net[m] = 1
  /\ Repeat(m)

(* Of each message there are so many on their way. *)
OneOfEach == \A m \in DOMAIN net : net[m] = 1
TwoOfEach == \A m \in DOMAIN net : net[m] <= 2

(* Anything is lost. *)
LosesMessages == \E m \in DOMAIN net : Lose(m)

-----------------------------------------------------------------------------
(* To take a rule away. *)
SameVersion == version
AtLeast(n) == n >= version
=============================================================================
