-------------------------------- MODULE MCFlush --------------------------------
(***************************************************************************)
(* Storage that has a cache and loses power. An agent that it served       *)
(* before is of no use then; hosts go on through a3, which joins later.    *)
(***************************************************************************)
EXTENDS MCSpace

(* Power is lost before the table has changed so often. *)
LosesPowerBefore(n) ==
  \/ \E fallen \in {x \in SUBSET older : version < n} : LosePower(fallen)
  \/ Reconnect

(* Another agent joins when power was lost. *)
JoinsLater == cut # {} /\ a3 \in Agents /\ Join(a3)

Durably == FlushStep \/ (\E h \in Hosts : HostFlush(h) \/ Refuse(h)) \/ JoinsLater

WithPower          == CoreNext \/ Durably \/ LosesPowerBefore(3)
WithPowerLater     == CoreNext \/ Durably \/ LosesPowerBefore(6)
WithSpaceAndPower  == WithPower \/ SpaceStep
WithPowerAndDeletion == WithPower \/ DeletionStep("disk")

(* The same machine runs storage, an agent and the controller. *)
WithPowerAndCrashes ==
  \/ CoreNext \/ SpaceStep \/ Durably \/ LosesPowerBefore(2)
  \/ CrashesBefore(1)
  \/ FirstAgentGoes
  \/ \E h \in Hosts : Remind(h)

(* Power is lost once. *)
LosesPowerOnce == cut = {} /\ a3 \notin DOMAIN cache /\ \E fallen \in SUBSET older : LosePower(fallen)
WithPowerOnce  == CoreNext \/ SpaceStep \/ Durably \/ LosesPowerOnce \/ Reconnect

(* The writer flushes the disk through the agents A. *)
Flushes(h, A) == h = writer /\ \E a \in A : Flush(h, a, "disk")
FlushesDisk(h) == Flushes(h, {a1, a3})

(* The writer writes to the disk and reads it, through a1 and then through a3. *)
WritesAndReadsSince(h) == Uses(h, writer, a1, {"disk"}, {"disk"}) \/ Uses(h, writer, a3, {"disk"}, {"disk"})

(* It writes nothing twice. *)
NewSince(h) == WritesNew(h, {a1, a3}, {"disk"})

-----------------------------------------------------------------------------
(* To take a rule away. *)
OnlyAgentsCut     == DOMAIN cache
OnlyControllerCut == {Controller}
AsCopied(s)       == jobs[s].copied

(* Storage serves again an agent that it had served before it lost power. *)
Readmits     == \E a \in cut \ {Controller} :
                  /\ cut' = cut \ {a}
                  /\ UNCHANGED <<storage, older, members, persistent, controller, agents, net>>
WithReadmits == WithPower \/ Readmits

(* Instead of FlushFairness: nobody has to hear that power was lost. *)
FlushingFairness ==
  /\ \A s \in Segments : WF_vars(FlushCopy(s))
  /\ \A h \in Hosts : WF_vars(Refuse(h))
=============================================================================
