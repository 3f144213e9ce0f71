----------------------------- MODULE MappingOpening -----------------------------
(***************************************************************************)
(* Who maps a disk. Agents open and close disks; the controller tells of a *)
(* disk, and awaits the answers of, the agents that have it open. P14.17   *)
(* and P18.1 speak of the agents that map a disk and are silent about how  *)
(* they come to do so.                                                     *)
(*                                                                         *)
(* In models that are not about it every agent maps every disk, and there  *)
(* are none of these steps. Others substitute                              *)
(*   Mappers <- Openers   Maps <- HasOpen   Keeps <- ListensTo             *)
(*                                                                         *)
(* An agent numbers its openings of a disk, for a message about an earlier *)
(* one may come late, or again.                                            *)
(***************************************************************************)
EXTENDS MappingAgents, MappingSnapshots

(***************************************************************************)
(*   "opening"  the controller was asked                                   *)
(*   "open"     it has answered: I/O is let in                             *)
(*   "closing"  no I/O is under way any more, and the controller was told  *)
(*   "closed"   it has answered                                            *)
(***************************************************************************)
OpeningSteps == {"opening", "open", "closing", "closed"}

OpeningOf(a, d) == IF d \in DOMAIN opened[a] THEN opened[a][d] ELSE [step |-> "closed", number |-> 0]

OpeningGoesTo(a, d, step, n) == opened' = [opened EXCEPT ![a] = With(@, d, [step |-> step, number |-> n])]

(* Instead of Mappers, Maps. *)
Openers(d)    == {a \in members : <<a, d>> \in DOMAIN openings}
HasOpen(a, d) == OpeningOf(a, d).step = "open"

(* RULE. An agent listens from the moment it asks: the controller may have taken note already, and what
   it says then may arrive before its answer. *)
ListensWhile(step) == step \in {"opening", "open"}

(* Instead of Keeps. *)
ListensTo(a, d) == ListensWhile(OpeningOf(a, d).step)

-----------------------------------------------------------------------------
(* Agent a is asked to open disk d. *)
Open(a, d) ==
  /\ a \in running
  /\ OpeningOf(a, d).step = "closed"
  /\ LET n == OpeningOf(a, d).number + 1 IN
       /\ OpeningGoesTo(a, d, "opening", n)
       /\ net' = Sent(net, {OpenDisk(a, d, n)})
  /\ UNCHANGED <<container, persistent, controller, running, cache, owed, ios>>

(* RULE. An opening that comes late does not take the place of a newer one. *)
RegistersOnlyNewer(m) == <<m.agent, m.disk>> \in DOMAIN openings => m.number >= openings[<<m.agent, m.disk>>]

(* RULE. The answer to an opening brings the versions of the entries as they are in the table, and not the
   version of what was changed last: what the controller sends of an entry then must not look old. *)
VersionsAtOpening(d) == [s \in Segments |-> table[d][s].version]

(* The controller takes note that an agent maps a disk, and then tells it so; no, if the disk is going or gone. *)
ReceiveOpen(m) ==
  /\ Up
  /\ m \in OfType("open")
  /\ IF m.agent \notin members \/ ~RegistersOnlyNewer(m)
     THEN /\ net' = Received(net, m)
          /\ UNCHANGED openings
     ELSE IF m.disk \in DOMAIN table \ DOMAIN deletions
     THEN /\ openings' = With(openings, <<m.agent, m.disk>>, m.number)
          /\ net' = Sent(Received(net, m), {Opened(m, VersionsAtOpening(m.disk))})
     ELSE /\ net' = Sent(Received(net, m), {Closed(m)})
          /\ UNCHANGED openings
  /\ UNCHANGED <<container, table, version, names, controller, agents>>

(* RULE. The agent believes only the answer to what it has asked last. *)
OpensOnlyAsAsked(m) == OpeningOf(m.to, m.disk) = [step |-> "opening", number |-> m.number]

(* RULE. An entry that is older than that in the table when the disk was opened is of no use: while the disk
   was closed, the agent was not told what became of it. It gets the table's version, n, so that a command
   from before is passed over, and the table's entry itself is not. *)
EntryAtOpening(entry, n) == IF entry.version < n THEN [InvalidEntry EXCEPT !.version = n] ELSE entry

(* The agent hears that the controller knows. An opening that it has closed since, it closes once more. *)
ReceiveOpened(m) ==
  /\ m \in OfType("opened")
  /\ m.to \in running
  /\ IF OpensOnlyAsAsked(m)
     THEN /\ OpeningGoesTo(m.to, m.disk, "open", m.number)
          /\ cache' = [cache EXCEPT ![m.to] = With(@, m.disk,
               [s \in Segments |-> EntryAtOpening(CachedEntry(m.to, m.disk, s), m.versions[s])])]
          /\ net' = Received(net, m)
     ELSE /\ net' = IF OpeningOf(m.to, m.disk).step = "closed"
                    THEN Sent(Received(net, m), {CloseDisk(m.to, m.disk, m.number)})
                    ELSE Received(net, m)
          /\ UNCHANGED <<cache, opened>>
  /\ UNCHANGED <<container, persistent, controller, running, owed, ios>>

-----------------------------------------------------------------------------
(* RULE. An agent closes a disk only when it has no I/O of it under way: nobody asks it any more when
   that has ended. *)
ClosesOnlyWhenQuiet(a, d) == \A h \in DOMAIN ios : ~(ios[h].agent = a /\ ios[h].disk = d)

(* Agent a is asked to close disk d. It forgets what it knows of it. *)
Close(a, d) ==
  /\ a \in running
  /\ HasOpen(a, d)
  /\ ClosesOnlyWhenQuiet(a, d)
  /\ LET n == OpeningOf(a, d).number IN
       /\ OpeningGoesTo(a, d, "closing", n)
       /\ net' = Sent(net, {CloseDisk(a, d, n)})
  /\ cache' = [cache EXCEPT ![a] = Without(@, d)]
  /\ UNCHANGED <<container, persistent, controller, running, owed, ios>>

(* RULE. What ends is the opening that the agent has closed, and no later one. *)
ClosesOnlyThatOpening(m) == openings[<<m.agent, m.disk>>] = m.number

(* The controller waits no more for what the agent would answer about the disk. *)
ReceiveClose(m) ==
  /\ Up
  /\ m \in OfType("close")
  /\ IF <<m.agent, m.disk>> \in DOMAIN openings /\ ClosesOnlyThatOpening(m)
     THEN /\ openings' = Without(openings, <<m.agent, m.disk>>)
          /\ faults' = {f \in faults : ~(f.agent = m.agent /\ f.disk = m.disk)}
          /\ Unawaited({c \in OfAgent(m.agent, Awaited) : c.disk = m.disk})
     ELSE UNCHANGED <<openings, controller>>
  /\ net' = Sent(Received(net, m), IF m.agent \in members THEN {Closed(m)} ELSE {})
  /\ UNCHANGED <<container, table, version, names, agents>>

(* The agent hears that the controller knows, or that there is no such disk to open. *)
ReceiveClosed(m) ==
  /\ m \in OfType("closed")
  /\ m.to \in running
  /\ LET mine == OpeningOf(m.to, m.disk) IN
       IF mine.number = m.number /\ mine.step \in {"opening", "closing"}
       THEN OpeningGoesTo(m.to, m.disk, "closed", m.number)
       ELSE UNCHANGED opened
  /\ net' = Received(net, m)
  /\ UNCHANGED <<container, persistent, controller, running, cache, owed, ios>>

(* RULE. Who has a disk open is kept through a crash of the controller:
   a recovery tells those agents, and awaits their answers. *)
OpeningsAfterCrash == openings

(* What is not answered, the agent says again. *)
RemindOpening(a, d) ==
  /\ a \in running
  /\ OpeningOf(a, d).step \in {"opening", "closing"}
  /\ LET n == OpeningOf(a, d).number
         m == IF OpeningOf(a, d).step = "opening" THEN OpenDisk(a, d, n) ELSE CloseDisk(a, d, n) IN
       /\ m \notin DOMAIN net
       /\ net' = Sent(net, {m})
  /\ UNCHANGED <<container, persistent, controller, agents>>
=============================================================================
