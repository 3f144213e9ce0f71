------------------------------- MODULE MCOpening -------------------------------
(***************************************************************************)
(* Agents that open and close a disk. Nobody opens its snapshot.           *)
(***************************************************************************)
EXTENDS MCFailures

(* Each agent opens the disk at most n times. *)
OpensDisk(n) ==
  \/ \E a \in {b \in Agents : OpeningOf(b, "disk").number < n} : Open(a, "disk")
  \/ \E a \in Agents : Close(a, "disk")
  \/ \E m \in OfType("open") : ReceiveOpen(m)
  \/ \E m \in OfType("opened") : ReceiveOpened(m)
  \/ \E m \in OfType("close") : ReceiveClose(m)
  \/ \E m \in OfType("closed") : ReceiveClosed(m)

OpensOnce  == OpensDisk(1)
OpensTwice == OpensDisk(2)

(* A message of this type about the first opening comes again. *)
ComesAgain(type) == \E m \in OfType(type) : m.number = 1 /\ net[m] = 1 /\ Repeat(m)
OpenComesAgain   == OpensTwice \/ ComesAgain("open")
OpenedComesAgain == OpensTwice \/ ComesAgain("opened")
CloseComesAgain  == OpensTwice \/ ComesAgain("close")
ClosedComesAgain == OpensTwice \/ ComesAgain("closed")

(* A command that lets writes through comes again. *)
LiftComesAgain == OpensTwice \/ RepeatsLift

(* What is not answered is said again. *)
OpensTwiceOrSaysAgain == OpensTwice \/ \E a \in Agents : RemindOpening(a, "disk")

(* The second agent opens the disk, which the first has open already. *)
FirstHasOpen == [p \in {<<a1, "disk">>} |-> 1]

WithOpening == CoreNext \/ OpeningStep

(* An agent tells again of a fault that nothing was done about. *)
WithReminding == WithOpening \/ \E h \in Hosts : Remind(h)

(* The disk is deleted. *)
WithDeletion == WithOpening \/ DeletionStep("disk")

(* Nothing but openings and a deletion; what is about openings is lost. *)
DeletingAndLosing ==
  \/ CommandStep
  \/ OpeningStep
  \/ DeletionStep("disk")
  \/ \E m \in UNION {OfType(t) : t \in {"open", "opened", "close", "closed"}} : Lose(m)

(* The controller crashes before the table has changed twice, and comes back. *)
WithCrashes == WithOpening \/ CrashesBefore2 \/ \E h \in Hosts : Remind(h)

(* The agent is given up, or crashes, and does not come back. *)
WithGoing == WithOpening \/ FirstAgentGoes

(* The writer writes to the disk through any agent, and to no place twice. *)
NewToOpenDisk(h) == WritesNew(h, Agents, {"disk"})

(* It reads the disk, too. *)
ReadsOpenDisk(h) == NewToOpenDisk(h) \/ Uses(h, writer, a1, {"disk"}, {})

(* It writes through a1, and a reader reads the disk through a2. *)
NewToDiskAndReads(h) == WritesNew(h, {a1}, {"disk"}) \/ Uses(h, reader, a2, {"disk"}, {})

-----------------------------------------------------------------------------
(* To take a rule away. *)
Never2(x, y)       == FALSE
AnyAnswer(m)       == OpeningOf(m.to, m.disk).step = "opening"
EntryAsItWas(x, n) == x
CounterForAll(d)   == [s \in Segments |-> version]
IsOpen(step)       == step = "open"
NothingWaits(a, d) == \A h \in DOMAIN ios : ios[h].agent = a /\ ios[h].disk = d => InFlight(h)
=============================================================================
