----------------------------- MODULE MappingAgents -----------------------------
(***************************************************************************)
(* Hosts, mapping agents and the storage container: the path of an I/O and *)
(* of a command. Sources: P12.28 (commands), P13.7 (blocking), P14.17      *)
(* (faults under Nw and invalid), P15.15 (the barrier). Java:              *)
(* dev.faultline.core.AgentCore.                                           *)
(***************************************************************************)
EXTENDS MappingState

(* Agent a's entry for segment s of disk d; an agent knows nothing at first. *)
CachedEntry(a, d, s) == IF d \in DOMAIN cache[a] THEN cache[a][d][s] ELSE InvalidEntry

EntryOf(h) == CachedEntry(ios[h].agent, ios[h].disk, ios[h].segment)

(* Host h has an I/O in one of these phases, and its agent runs. *)
HasIo(h, phases) ==
  /\ h \in DOMAIN ios
  /\ ios[h].agent \in running
  /\ ios[h].phase \in phases

-----------------------------------------------------------------------------
(* Agent a maps disk d, so that hosts may use the one through the other. Here every agent maps every
   disk; see MappingOpening. *)
Maps(a, d) == TRUE

(* A host hands an I/O to an agent. *)
Submit(h, a, d, s, b, kind, v) ==
  /\ h \notin DOMAIN ios
  /\ a \in running
  /\ d \in DOMAIN table
  /\ Maps(a, d)
  /\ ios' = With(ios, h, [kind |-> kind, agent |-> a, disk |-> d, segment |-> s, block |-> b,
                          value |-> v, phase |-> "waiting", location |-> NoLocation])
  /\ UNCHANGED <<container, persistent, controller, running, opened, cache, owed, net>>

Read(h, a, d, s, b)     == /\ Submit(h, a, d, s, b, "read", Zero)
Write(h, a, d, s, b, v) == /\ Submit(h, a, d, s, b, "write", v)

-----------------------------------------------------------------------------
(* An entry allows h's I/O. Zeros that are written to an empty segment change nothing, so they may go
   where a read may. *)
AllowsIo(entry, h) ==
  Allows(entry, IF IsEmpty(entry) /\ ios[h].value = Zero THEN "read" ELSE ios[h].kind)

(* RULE. An agent starts an I/O only when its entry allows it. *)
StartsOnlyWhenAllowed(h) == AllowsIo(EntryOf(h), h)

(* RULE. An I/O that faulted goes on only after its entry was changed to allow it. *)
RetriesOnlyOnNewEntry(h) == ios[h].phase = "renewed" /\ AllowsIo(EntryOf(h), h)

Dispatch(h, l) ==
  /\ l = EntryOf(h).location
  /\ ios' = [ios EXCEPT ![h].phase = "started", ![h].location = l]
  /\ UNCHANGED <<container, persistent, controller, running, opened, cache, owed, net>>

(* The agent sends the I/O to storage, at the location l that its entry names. Where the segment is
   empty there is none, and storage has only to say whether the agent is still a member. *)
Start(h, l) ==
  /\ HasIo(h, {"waiting"})
  /\ StartsOnlyWhenAllowed(h)
  /\ Dispatch(h, l)

(* The agent sends an I/O to storage that had faulted. *)
Retry(h, l) ==
  /\ HasIo(h, {"faulted", "renewed"})
  /\ RetriesOnlyOnNewEntry(h)
  /\ Dispatch(h, l)

(* The entry does not allow the I/O: the agent tells the controller, and the I/O waits. Under a
   barrier it waits without a word. *)
Fault(h) ==
  /\ HasIo(h, {"waiting", "renewed"})
  /\ ~AllowsIo(EntryOf(h), h)
  /\ EntryOf(h).states \intersect {"held", "error"} = {}
  /\ ios' = [ios EXCEPT ![h].phase = "faulted"]
  /\ net' = Sent(net, {FaultOf(ios[h].agent, ios[h].disk, ios[h].segment, ios[h].kind)})
  /\ UNCHANGED <<container, persistent, controller, running, opened, cache, owed>>

(* The disk is going or gone: the agent returns the I/O to the host as failed. *)
Reject(h) ==
  /\ HasIo(h, {"waiting", "faulted", "renewed"})
  /\ "error" \in EntryOf(h).states
  /\ ios' = Without(ios, h)
  /\ UNCHANGED <<container, persistent, controller, running, opened, cache, owed, net>>

(* RULE. Storage performs the I/O of its members only: an agent that the controller has given up
   can do no harm any more, whatever it still believes. *)
PerformsOnlyForMembers(h) == ios[h].agent \in members

(* RULE. Storage that has lost power performs nothing for an agent that it served before: hosts learn by it
   that what they wrote may be lost. *)
PerformsOnlyAfterLoss(h) == ios[h].agent \notin cut

(* Storage performs the I/O. No agent and no controller can see when. A flush makes all of storage
   durable; where no agent hears of it, it makes no difference. *)
Perform(h) ==
  /\ h \in DOMAIN ios
  /\ ios[h].phase = "started"
  /\ PerformsOnlyForMembers(h)
  /\ PerformsOnlyAfterLoss(h)
  /\ LET io == ios[h] IN
       CASE io.kind = "read" ->
              /\ ios' = [ios EXCEPT ![h].phase = "performed",
                                    ![h].value = Behind(io.location)[io.block]]
              /\ UNCHANGED <<storage, older>>
         [] io.kind = "write" /\ io.location = NoLocation ->
              /\ ios' = [ios EXCEPT ![h].phase = "performed"]
              /\ UNCHANGED <<storage, older>>
         [] io.kind = "write" /\ io.location # NoLocation ->
              /\ ios' = [ios EXCEPT ![h].phase = "performed"]
              /\ storage' = [storage EXCEPT ![io.location][io.block] = io.value]
              /\ older' = OlderAfter(io.location, io.block, io.value)
         [] io.kind = "flush" ->
              /\ io.agent \in running
              /\ ios' = [ios EXCEPT ![h].phase = "performed"]
              /\ older' = {}
              /\ UNCHANGED storage
  /\ UNCHANGED <<members, cut, persistent, controller, running, opened, cache, owed, net>>

(* The agent hears from storage and returns the I/O, with the value v, to the host. *)
Complete(h, v) ==
  /\ HasIo(h, {"performed"})
  /\ v = ios[h].value
  /\ ios' = Without(ios, h)
  /\ owed' = [c \in DOMAIN owed |-> owed[c] \ {h}]
  /\ UNCHANGED <<container, persistent, controller, running, opened, cache, net>>

-----------------------------------------------------------------------------
(* The version that command c brings for segment s. *)
VersionIn(c, s) == IF c.type = "set_entry" THEN c.entries[s].version ELSE c.version

(* RULE. An entry never goes back to an older version: the network may have kept a command back,
   or may bring it again. *)
NeverGoesBack(entry, c, s) == VersionIn(c, s) >= entry.version

(* RULE. What a command makes of an entry. A state that is switched on or off leaves the
   location as it was, so an entry that never had one stays invalid. *)
EntryAfter(entry, c, s) ==
  CASE c.type = "get_entry"       -> entry
    [] c.type = "set_entry"       -> c.entries[s]
    [] c.type = "set_entry_state" -> [SetState(entry, c.state, c.on) EXCEPT !.version = c.version]
    [] c.type = "quiesce"         -> [SetState(entry, "held", TRUE) EXCEPT !.version = c.version]
    [] c.type = "activate"        -> [SetState(entry, "held", FALSE) EXCEPT !.version = c.version]

NextEntry(entry, c, s) ==
  IF c.type # "get_entry" /\ NeverGoesBack(entry, c, s) THEN EntryAfter(entry, c, s) ELSE entry

(* Agent a keeps entries of disk d: of every disk here; see MappingOpening. *)
Keeps(a, d) == TRUE

CacheAfter(c) ==
  IF Keeps(c.to, c.disk)
  THEN With(cache[c.to], c.disk,
            [s \in Segments |->
               IF s \in c.segments THEN NextEntry(CachedEntry(c.to, c.disk, s), c, s)
                                   ELSE CachedEntry(c.to, c.disk, s)])
  ELSE cache[c.to]

Addresses(c, h) ==
  ios[h].agent = c.to /\ ios[h].disk = c.disk /\ ios[h].segment \in c.segments

(* RULE. A blocking command waits for the I/Os that were started before it (P13.7). *)
AwaitedBy(c) ==
  IF c.blocking THEN {h \in DOMAIN ios : Addresses(c, h) /\ InFlight(h)} ELSE {}

(* The agent changes its table at once (P13.7), and renews the I/Os that waited for it. A command
   that comes again while it is owed an answer finds nothing to do. *)
ApplyCommand(c) ==
  /\ c \in DOMAIN net
  /\ c.type \in CommandTypes
  /\ c.to \in running
  /\ LET after == CacheAfter(c) IN
       /\ cache' = [cache EXCEPT ![c.to] = after]
       /\ ios' = [h \in DOMAIN ios |->
                    IF /\ Addresses(c, h)
                       /\ ios[h].phase = "faulted"
                       /\ AllowsIo(after[ios[h].disk][ios[h].segment], h)
                    THEN [ios[h] EXCEPT !.phase = "renewed"]
                    ELSE ios[h]]
  /\ owed' = IF c \in DOMAIN owed THEN owed ELSE With(owed, c, AwaitedBy(c))
  /\ net' = Received(net, c)
  /\ UNCHANGED <<container, persistent, controller, running, opened>>

(* RULE. A command is answered only when every I/O that it waits for has ended (P13.7). *)
AnswersOnlyWhenDrained(c) == owed[c] = {}

(* What the answer to a command brings back (P12.28). *)
Obtained(c) ==
  IF c.type = "get_entry" THEN [s \in c.segments |-> CachedEntry(c.to, c.disk, s)] ELSE Empty

AnswerCommand(c) ==
  /\ c \in DOMAIN owed
  /\ AnswersOnlyWhenDrained(c)
  /\ owed' = Without(owed, c)
  /\ net' = Sent(net, {AnswerTo(c, Obtained(c))})
  /\ UNCHANGED <<container, persistent, controller, running, opened, cache, ios>>
=============================================================================
