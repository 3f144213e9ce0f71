---------------------------- MODULE MappingFailures ----------------------------
(***************************************************************************)
(* What can go wrong, and what is done about it. None of it is in the      *)
(* source; a real system needs it.                                         *)
(*                                                                         *)
(* Agents crash: their tables and their promises are gone, and each I/O of *)
(* theirs is done, not done, or still on its way to storage. An agent that *)
(* comes back is a new agent, with a new name and an empty table. Nobody   *)
(* can tell an agent that has crashed from one that is slow or cut off, so *)
(* the controller has it fenced by the storage container before it goes on *)
(* without its answers.                                                    *)
(*                                                                         *)
(* The controller crashes, and comes back with the persistent tables and   *)
(* nothing else. What it was copying to and had no name for is free again: *)
(* its own transfers are assumed to end with it.                           *)
(*                                                                         *)
(* Messages are lost, come late, and come again.                           *)
(***************************************************************************)
EXTENDS MappingFlush

(* An agent crashes, or stops because storage refuses its I/O. *)
CrashAgent(a) ==
  /\ a \in running
  /\ running' = running \ {a}
  /\ opened' = [opened EXCEPT ![a] = Empty]
  /\ cache' = [cache EXCEPT ![a] = Empty]
  /\ owed' = [c \in DOMAIN owed \ OfAgent(a, DOMAIN owed) |-> owed[c]]
  /\ UNCHANGED <<container, persistent, controller, ios, net>>

(* The I/O of an agent that is gone ends: it never reaches storage, or nobody hears of it. *)
Abandon(h) ==
  /\ h \in DOMAIN ios
  /\ ios[h].agent \notin running
  /\ ios' = Without(ios, h)
  /\ UNCHANGED <<container, persistent, controller, running, opened, cache, owed, net>>

(* Storage refuses the I/O of an agent that is fenced, or that it served before it lost power, and the
   agent tells the host. *)
Refuse(h) ==
  /\ HasIo(h, {"started"})
  /\ ios[h].agent \notin members \ cut
  /\ ios' = Without(ios, h)
  /\ owed' = [c \in DOMAIN owed |-> owed[c] \ {h}]
  /\ UNCHANGED <<container, persistent, controller, running, opened, cache, net>>

(* A new agent, or an old one under a new name, becomes a member. It knows nothing. *)
Join(a) ==
  /\ a \notin DOMAIN cache
  /\ running' = running \union {a}
  /\ opened' = With(opened, a, Empty)
  /\ members' = members \union {a}
  /\ cache' = With(cache, a, Empty)
  /\ UNCHANGED <<storage, older, cut, persistent, controller, owed, ios, net>>

(* The controller gives agent a up: storage refuses a's I/O from now on, and nobody waits for
   a's answers any more. *)
Fence(a) ==
  /\ Up
  /\ a \in members
  /\ members' = members \ {a}
  /\ faults' = {f \in faults : f.agent # a}
  /\ openings' = [p \in {q \in DOMAIN openings : q[1] # a} |-> openings[p]]
  /\ Unawaited(OfAgent(a, Awaited))
  /\ UNCHANGED <<storage, older, cut, table, version, names, agents, net>>

-----------------------------------------------------------------------------
CrashController ==
  /\ Up
  /\ openings' = OpeningsAfterCrash
  /\ faults' = {}
  /\ jobs' = Empty
  /\ clones' = Empty
  /\ deletions' = Empty
  /\ recovery' = [step |-> "down", awaits |-> {}]
  /\ UNCHANGED <<container, table, version, names, agents, net>>

Deleting(d) == \E s \in Segments : "error" \in table[d][s].states

(* The entries of all disks, for all agents that map them, each to be answered when older I/O has
   drained. *)
RecoveryCommands ==
  UNION {{SetEntry(a, d, Segments, table'[d], TRUE) : a \in Mappers(d)} : d \in DOMAIN table}

(* The controller comes back. A barrier that was in force is taken down, for the snapshots that it
   was for are forgotten; a deletion that had begun goes on; everything else is asked for anew.
   The agents are told what the tables say, and all of it under a new version: an answer to what an
   earlier recovery has told them is no answer to this one. *)
Recover(n) ==
  /\ recovery.step = "down"
  /\ IsNewVersion(n)
  /\ table' = [d \in DOMAIN table |-> Changed(d, "held", FALSE, n)]
  /\ version' = n
  /\ storage' = [l \in {k \in DOMAIN storage : Users(k) # {}} |-> storage[l]]
  /\ older' = OlderWithout({k \in DOMAIN storage : Users(k) = {}})
  /\ cut' = cut \ {Controller}
  /\ deletions' = [d \in {e \in DOMAIN table : Deleting(e)} |-> [step |-> "deleting", awaits |-> {}]]
  /\ recovery' = [step |-> "telling", awaits |-> RecoveryCommands]
  /\ net' = Sent(net, RecoveryCommands)
  /\ UNCHANGED <<members, names, openings, faults, jobs, clones, agents>>

(* RULE. After a crash the controller serves only when every agent has answered: an agent may
   still use a location that its table had before the crash. *)
ServesOnlyWhenAllAnswered == recovery.awaits = {}

FinishRecovery ==
  /\ recovery.step = "telling"
  /\ ServesOnlyWhenAllAnswered
  /\ recovery' = [recovery EXCEPT !.step = "serving"]
  /\ UNCHANGED <<container, persistent, faults, jobs, clones, deletions, agents, net>>

-----------------------------------------------------------------------------
(* A message is lost. *)
Lose(m) ==
  /\ m \in DOMAIN net
  /\ net' = Received(net, m)
  /\ UNCHANGED <<container, persistent, controller, agents>>

(* A message will arrive once more. *)
Repeat(m) ==
  /\ m \in DOMAIN net
  /\ net' = [net EXCEPT ![m] = @ + 1]
  /\ UNCHANGED <<container, persistent, controller, agents>>

(* The controller sends again a command that is not answered. *)
Resend(c) ==
  /\ c \in Awaited
  /\ c \notin DOMAIN net
  /\ net' = Sent(net, {c})
  /\ UNCHANGED <<container, persistent, controller, agents>>

(* An agent sends again a fault that nothing was done about. *)
Remind(h) ==
  /\ HasIo(h, {"faulted"})
  /\ LET f == FaultOf(ios[h].agent, ios[h].disk, ios[h].segment, ios[h].kind) IN
       /\ f \notin DOMAIN net
       /\ net' = Sent(net, {f})
  /\ UNCHANGED <<container, persistent, controller, agents>>
=============================================================================
