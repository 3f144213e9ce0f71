----------------------------- MODULE MappingAgents -----------------------------
(***************************************************************************)
(* Hosts, mapping agents and the storage container: the path of an I/O and *)
(* of a command. Sources: P12.28 (commands), P13.7 (blocking), P14.17      *)
(* (faults under Nw and invalid). Java: dev.faultline.core.AgentCore.      *)
(***************************************************************************)
EXTENDS MappingState

(* Agent a's entry for segment s of disk d; an agent knows nothing at first. *)
CachedEntry(a, d, s) == IF d \in DOMAIN cache[a] THEN cache[a][d][s] ELSE InvalidEntry

EntryOf(h) == CachedEntry(ios[h].agent, ios[h].disk, ios[h].segment)

-----------------------------------------------------------------------------
(* A host hands an I/O to an agent. It may use any agent for any disk. *)
Submit(h, a, d, s, b, kind, v) ==
  /\ h \notin DOMAIN ios
  /\ d \in DOMAIN table
  /\ ios' = With(ios, h, [kind |-> kind, agent |-> a, disk |-> d, segment |-> s, block |-> b,
                          value |-> v, phase |-> "waiting", location |-> NoLocation])
  /\ UNCHANGED <<storage, table, faults, jobs, clones, cache, owed, net>>

Read(h, a, d, s, b)     == /\ Submit(h, a, d, s, b, "read", Zero)
Write(h, a, d, s, b, v) == /\ Submit(h, a, d, s, b, "write", v)

-----------------------------------------------------------------------------
(* RULE. An agent starts an I/O only when its entry allows it. *)
StartsOnlyWhenAllowed(h) == Allows(EntryOf(h), ios[h].kind)

(* RULE. An I/O that faulted goes on only after its entry was changed to allow it. *)
RetriesOnlyOnNewEntry(h) == ios[h].phase = "renewed" /\ Allows(EntryOf(h), ios[h].kind)

Dispatch(h, l) ==
  /\ l = EntryOf(h).location
  /\ ios' = [ios EXCEPT ![h].phase = "started", ![h].location = l]
  /\ UNCHANGED <<storage, table, faults, jobs, clones, cache, owed, net>>

(* The agent sends the I/O to storage, at the location l that its entry names. *)
Start(h, l) ==
  /\ h \in DOMAIN ios
  /\ ios[h].phase = "waiting"
  /\ StartsOnlyWhenAllowed(h)
  /\ Dispatch(h, l)

(* The agent sends an I/O to storage that had faulted. *)
Retry(h, l) ==
  /\ h \in DOMAIN ios
  /\ ios[h].phase \in {"faulted", "renewed"}
  /\ RetriesOnlyOnNewEntry(h)
  /\ Dispatch(h, l)

(* The entry does not allow the I/O: the agent tells the controller, and the I/O waits. *)
Fault(h) ==
  /\ h \in DOMAIN ios
  /\ ios[h].phase \in {"waiting", "renewed"}
  /\ ~Allows(EntryOf(h), ios[h].kind)
  /\ ios' = [ios EXCEPT ![h].phase = "faulted"]
  /\ net' = Sent(net, {FaultOf(ios[h].agent, ios[h].disk, ios[h].segment, ios[h].kind)})
  /\ UNCHANGED <<storage, table, faults, jobs, clones, cache, owed>>

(* Storage performs the I/O. No agent and no controller can see when. *)
Perform(h) ==
  /\ h \in DOMAIN ios
  /\ ios[h].phase = "started"
  /\ LET io == ios[h] IN
       IF io.kind = "read"
       THEN /\ ios' = [ios EXCEPT ![h].phase = "performed",
                                  ![h].value = storage[io.location][io.block]]
            /\ UNCHANGED storage
       ELSE /\ ios' = [ios EXCEPT ![h].phase = "performed"]
            /\ storage' = [storage EXCEPT ![io.location][io.block] = io.value]
  /\ UNCHANGED <<table, faults, jobs, clones, cache, owed, net>>

(* The agent hears from storage and returns the I/O, with the value v, to the host. *)
Complete(h, v) ==
  /\ h \in DOMAIN ios
  /\ ios[h].phase = "performed"
  /\ v = ios[h].value
  /\ ios' = Without(ios, h)
  /\ owed' = [c \in DOMAIN owed |-> owed[c] \ {h}]
  /\ UNCHANGED <<storage, table, faults, jobs, clones, cache, net>>

-----------------------------------------------------------------------------
(* RULE. What a command makes of an entry. A state that is switched on or off leaves the
   location as it was, so an entry that never had one stays invalid. *)
EntryAfter(entry, c, s) ==
  IF c.type = "set_entry" THEN c.entries[s] ELSE SetState(entry, c.state, c.on)

CacheAfter(c) ==
  With(cache[c.to], c.disk,
       [s \in Segments |->
          IF s \in c.segments THEN EntryAfter(CachedEntry(c.to, c.disk, s), c, s)
                              ELSE CachedEntry(c.to, c.disk, s)])

Addresses(c, h) ==
  ios[h].agent = c.to /\ ios[h].disk = c.disk /\ ios[h].segment \in c.segments

(* RULE. A blocking command waits for the I/Os that were started before it (P13.7). *)
AwaitedBy(c) ==
  IF c.blocking THEN {h \in DOMAIN ios : Addresses(c, h) /\ InFlight(h)} ELSE {}

(* The agent changes its table at once (P13.7), and renews the I/Os that waited for it. *)
ApplyCommand(c) ==
  /\ c \in DOMAIN net
  /\ c.type \in CommandTypes
  /\ LET after == CacheAfter(c) IN
       /\ cache' = [cache EXCEPT ![c.to] = after]
       /\ ios' = [h \in DOMAIN ios |->
                    IF /\ Addresses(c, h)
                       /\ ios[h].phase = "faulted"
                       /\ Allows(after[ios[h].disk][ios[h].segment], ios[h].kind)
                    THEN [ios[h] EXCEPT !.phase = "renewed"]
                    ELSE ios[h]]
  /\ owed' = With(owed, c, AwaitedBy(c))
  /\ net' = Received(net, c)
  /\ UNCHANGED <<storage, table, faults, jobs, clones>>

(* RULE. A command is answered only when every I/O that it waits for has ended (P13.7). *)
AnswersOnlyWhenDrained(c) == owed[c] = {}

AnswerCommand(c) ==
  /\ c \in DOMAIN owed
  /\ AnswersOnlyWhenDrained(c)
  /\ owed' = Without(owed, c)
  /\ net' = Sent(net, {AnswerTo(c)})
  /\ UNCHANGED <<storage, table, faults, jobs, clones, cache, ios>>
=============================================================================
