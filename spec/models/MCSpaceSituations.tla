--------------------------- MODULE MCSpaceSituations ---------------------------
(***************************************************************************)
(* Situations of empty segments; see MCSituations.                         *)
(***************************************************************************)
EXTENDS MCSpace, Reaching

Knows(a, d, s) == a \in running /\ d \in DOMAIN cache[a] /\ "invalid" \notin cache[a][d][s].states

(* Host h writes to the segment that the controller holds. *)
HeldWrite(h, s) ==
  /\ jobs[s].step = "holding"
  /\ ios[h].kind = "write" /\ ios[h].disk = jobs[s].disk /\ ios[h].segment = s

Situations ==
  /\ Met(71, "read of an empty segment that is given storage",
         \E h \in DOMAIN ios, s \in DOMAIN jobs :
           /\ ios[h].kind = "read" /\ ios[h].phase = "performed" /\ ios[h].location = NoLocation
           /\ jobs[s].step = "switching" /\ ios[h].disk = jobs[s].disk)
  /\ Met(72, "agents that know of storage and do not yet",
         \E a, b \in Agents, d \in DOMAIN table, s \in Segments :
           /\ Knows(a, d, s) /\ Knows(b, d, s)
           /\ IsEmpty(cache[a][d][s]) /\ ~IsEmpty(cache[b][d][s]))
  /\ Met(73, "data in a segment that is offered",
         \E f \in faults : /\ f.kind = "trim" /\ HasStorage(f.disk, f.segment)
                           /\ storage[table[f.disk][f.segment].location] # [b \in Blocks |-> Zero])
  /\ Met(74, "write in flight to a segment that is held",
         \E h \in DOMAIN ios, s \in DOMAIN jobs : HeldWrite(h, s) /\ ios[h].phase = "started")
  /\ Met(75, "held segment that is no zeros",
         \E s \in DOMAIN jobs : /\ jobs[s].step = "holding" /\ jobs[s].awaits = {}
                                /\ storage[jobs[s].from] # [b \in Blocks |-> Zero])
  /\ Met(76, "two disks with the same empty segment",
         \E d, e \in DOMAIN table, s \in Segments : d # e /\ IsEmpty(table[d][s]) /\ IsEmpty(table[e][s]))
  /\ Met(77, "shared segment found to be zeros",
         \E s \in DOMAIN jobs : jobs[s].step = "holding" /\ jobs[s].copied = Blocks /\ Shared(jobs[s].from))
  /\ Met(78, "storage given back", FirstLocations \ DOMAIN storage # {})
  /\ Met(79, "write refused while another goes on",
         \E g, h \in DOMAIN ios : ios[g].phase = "full" /\ ios[h].kind = "write" /\ ios[h].phase = "started")
  /\ Met(87, "write to a shared segment refused",
         \E h \in DOMAIN ios : ios[h].phase = "full" /\ Shared(EntryOf(h).location))
  /\ Met(80, "controller down with a segment held",
         ~Up /\ \E d \in DOMAIN table, s \in Segments : "held" \in table[d][s].states)
  /\ Met(81, "empty segment that is offered",
         \E f \in faults : f.kind = "trim" /\ ~HasStorage(f.disk, f.segment))
  /\ Met(82, "zeros written to an empty segment",
         \E h \in DOMAIN ios : ios[h].kind = "write" /\ ios[h].phase = "performed" /\ ios[h].location = NoLocation)
  /\ Met(83, "write waits while its segment is held",
         \E h \in DOMAIN ios, s \in DOMAIN jobs : HeldWrite(h, s) /\ ios[h].phase = "waiting" /\ "held" \in EntryOf(h).states)
  /\ Met(84, "agent is given up that has not answered to a hold",
         \E s \in DOMAIN jobs : jobs[s].step = "holding" /\ jobs[s].awaits = {} /\ running \ members # {})
  /\ Met(85, "data of a snapshot of an empty disk",
         \E d, e \in DOMAIN table, s \in Segments :
           d # e /\ IsEmpty(table[d][s]) /\ DiskContents[e][s] # [b \in Blocks |-> Zero])
  /\ Met(86, "agent that is given up asks for zeros where there is data",
         \E h \in DOMAIN ios :
           /\ ios[h].phase = "started" /\ ios[h].location = NoLocation /\ ios[h].agent \notin members
           /\ DiskContents[ios[h].disk][ios[h].segment][ios[h].block] # Zero)
=============================================================================
