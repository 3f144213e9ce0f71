-------------------------------- MODULE MCSpace --------------------------------
(***************************************************************************)
(* Empty segments: they get storage, and give it back.                     *)
(***************************************************************************)
EXTENDS MCOpening

EmptyTable    == [d \in {"disk"} |-> [s \in Segments |-> EmptyEntry]]
TwoEmptyDisks == [d \in {"disk", "snap"} |-> [s \in Segments |-> EmptyEntry]]

NoTable == Empty

(* What somebody has left at a location. *)
StaleBlocks == [b \in Blocks |-> 1]

(* Segments get storage, and are offered by the agents A before the table has changed so often. *)
SpaceSteps(A, n) ==
  \/ \E f \in faults, l \in Locations : BeginFill(f, l)
  \/ \E a \in {x \in A : version < n} :
       \E s \in {t \in Segments : FaultOf(a, "disk", t, "trim") \notin DOMAIN net \union faults} :
         Offer(a, "disk", s)
  \/ \E f \in faults : ForgetOffer(f) \/ Hold(f, NewVersion) \/ RefuseWrite(f)
  \/ \E m \in OfType("full") : ReceiveFull(m)
GivesStorage == SpaceSteps({}, 0)
OffersOnce   == SpaceSteps({a1}, 1)
OffersTwice  == SpaceSteps({a1}, 3)

(* A new disk, too. *)
CreatesDisk == GivesStorage \/ Create("disk", NewVersion)

WithSpace            == CoreNext \/ SpaceStep
WithSpaceAndCrashes  == WithSpace \/ CrashesBefore2 \/ \E h \in Hosts : Remind(h)
WithSpaceAndCrash    == WithSpace \/ CrashesAt1 \/ \E h \in Hosts : Remind(h)
WithSpaceAndGoing    == WithSpace \/ FirstAgentGoes
WithSpaceAndLosses   == WithSpace \/ \E m \in OfType("full") : Lose(m)
WithSpaceAndDeletion == WithSpace \/ DeletionStep("snap")

(* Host u writes what it likes, zeros too, to the disks D through agent a. *)
Trims(h, u, a, D) ==
  \E d \in D, s \in Segments, b \in Blocks, v \in Contents : h = u /\ Write(h, a, d, s, b, v)

(* The first agent, which may go, is the one that reads. *)
TrimsAndFirstReads(h) == Trims(h, writer, a2, {"disk"}) \/ Uses(h, reader, a1, {"disk"}, {})

TrimsDiskAndReads(h) == Trims(h, writer, a1, {"disk"}) \/ Uses(h, reader, a2, {"disk"}, {})
TrimsDisk(h)         == Trims(h, writer, a1, {"disk"})
TrimsDisks(h)        == Trims(h, writer, a1, Disks)

(* The writer writes to the disk, and reads it. *)
WritesThenReads(h) == Uses(h, writer, a1, {"disk"}, {"disk"})

(* The writer writes to the disk, the reader to the snapshot. *)
BothWrite(h) == Uses(h, writer, a1, {}, {"disk"}) \/ Uses(h, reader, a1, {}, {"snap"})

(* The same, and each reads what it writes. *)
BothReadAndWriteOwn(h) == Uses(h, writer, a1, {"disk"}, {"disk"}) \/ Uses(h, reader, a1, {"snap"}, {"snap"})

(* Agents hear that there is no space; neither writes nor offers are passed over for the others. *)
SpaceFairness ==
  /\ \A a \in Agents : WF_vars(\E m \in OfType("full") : m.to = a /\ ReceiveFull(m))
  /\ \A k \in {"write", "trim"} : SF_vars(\E f \in faults : f.kind = k /\ Serve(f))

FairSpaceSpec == Spec /\ Fairness /\ SpaceFairness

-----------------------------------------------------------------------------
(* To take a rule away, or to do without what is not needed. *)
WithoutZero(states) == states \ {"zero"}
FreesAlways(d, l, freed) == freed = {l}
FreesNever(d, l, freed)  == freed = {}

(* Storage is not asked whose I/O it is where it has nothing to do. *)
PerformsZerosForAll(h) == ios[h].location = NoLocation \/ ios[h].agent \in members

(* Instead of SetState: an empty entry gets no Nw. *)
SetStateOfWritten(entry, state, on) ==
  IF state = "Nw" /\ on /\ IsEmpty(entry) THEN entry
  ELSE [entry EXCEPT !.states = IF on THEN @ \union {state} ELSE @ \ {state}]

(* Instead of FreezeCommands: nobody hears that an empty disk is frozen. *)
FreezeOfWritten(D, n) ==
  UNION {{SetEntryState(a, d, Segments, "Nw", TRUE, n, TRUE) : a \in Mappers(d)} :
           d \in {e \in D : \E s \in Segments : ~IsEmpty(table[e][s])}}
=============================================================================
