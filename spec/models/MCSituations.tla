------------------------------ MODULE MCSituations ------------------------------
(***************************************************************************)
(* Situations in which something could go wrong. A model claims in         *)
(* manifest.json those that it reaches, and each is claimed by some model: *)
(* that nothing breaks is worth nothing where nothing could. This module   *)
(* is the root of models that hold; TLC's registers, with which it tells,  *)
(* are of one process, so others leave it out.                             *)
(***************************************************************************)
EXTENDS MCReadings, MCFailures, Reaching

Reading(h) == ios[h].kind = "read" /\ ios[h].phase = "started"
Writing(h) == ios[h].kind = "write" /\ ios[h].phase = "started"
Waiting(h) == ios[h].phase \in {"waiting", "faulted"}

(* Agent a has the entry in this state. *)
HasState(a, d, state) ==
  d \in DOMAIN cache[a] /\ \E s \in Segments : state \in cache[a][d][s].states

AboutIo ==
  /\ Met(1, "read and write of one block overlap",
         \E h, i \in DOMAIN ios : /\ Reading(h) /\ Writing(i)
                                  /\ ios[h].location = ios[i].location
                                  /\ ios[h].block = ios[i].block)
  /\ Met(2, "old and new location of a disk in use at once",
         \E h, i \in DOMAIN ios : /\ InFlight(h) /\ InFlight(i)
                                  /\ ios[h].disk = ios[i].disk
                                  /\ ios[h].segment = ios[i].segment
                                  /\ ios[h].location # ios[i].location)
  /\ Met(3, "new read or write while an answer is on its way",
         \E m \in Answers, h \in DOMAIN ios : /\ Addresses(m.command, h)
                                              /\ m.command.blocking
                                              /\ ios[h].phase = "started")

AboutCopies ==
  /\ Met(11, "read of the shared location while it is copied",
         \E s \in DOMAIN jobs : /\ jobs[s].step = "copying"
                                /\ \E h \in DOMAIN ios : Reading(h) /\ ios[h].location = jobs[s].from)
  /\ Met(12, "read of the old location when the table names the copy",
         \E s \in DOMAIN jobs : /\ jobs[s].step = "switching"
                                /\ \E h \in DOMAIN ios : /\ Reading(h)
                                                         /\ ios[h].disk = jobs[s].disk
                                                         /\ ios[h].location = jobs[s].from)
  /\ Met(13, "copy of some blocks but not of all",
         \E s \in DOMAIN jobs : jobs[s].copied # {} /\ jobs[s].copied # Blocks)
  /\ Met(14, "disk and snapshot both written",
         \E d, e \in DOMAIN table, s \in Segments :
           /\ d # e
           /\ storage[table[d][s].location] # storage[table[e][s].location]
           /\ Allows(table[d][s], "write") /\ Allows(table[e][s], "write"))

AboutSnapshots ==
  /\ Met(21, "write in flight while its disk is frozen",
         \E g \in DOMAIN clones, h \in DOMAIN ios :
           clones[g].step = "freezing" /\ Writing(h) /\ ios[h].disk \in Range(g))
  /\ Met(22, "fault waits while a snapshot is made",
         \E g \in DOMAIN clones, f \in faults : clones[g].step = "freezing" /\ f.disk \in Range(g))
  /\ Met(23, "snapshot of a disk that shares already",
         \E g \in DOMAIN clones : \E d \in Range(g), s \in Segments :
           clones[g].step = "asked" /\ Shared(table[d][s].location))
  /\ Met(24, "three disks share a location",
         \E d, e, f \in DOMAIN table, s \in Segments :
           /\ d # e /\ e # f /\ d # f
           /\ table[d][s].location = table[e][s].location
           /\ table[e][s].location = table[f][s].location)
  /\ Met(25, "two snapshots of a disk asked for at once",
         \E g, x \in DOMAIN clones : g # x /\ Range(g) \intersect Range(x) # {})
  /\ Met(26, "read or write held under a barrier",
         \E h \in DOMAIN ios : ios[h].phase = "waiting" /\ "held" \in EntryOf(h).states)
  /\ Met(27, "one agent holds and the other does not yet",
         \E a, b \in running, d \in DOMAIN table :
           HasState(a, d, "held") /\ d \in DOMAIN cache[b] /\ ~HasState(b, d, "held"))

AboutDeletion ==
  /\ Met(31, "read or write in flight on a disk that is being deleted",
         \E d \in DOMAIN deletions, h \in DOMAIN ios :
           deletions[d].step = "deleting" /\ ios[h].disk = d /\ ios[h].phase = "started")
  /\ Met(32, "deletion waits for a copy",
         \E d \in DOMAIN deletions, s \in DOMAIN jobs :
           /\ deletions[d].step = "deleting" /\ deletions[d].awaits = {}
           /\ jobs[s].from = table[d][s].location)
  /\ Met(33, "disk left alone with Nw",
         \E d \in DOMAIN table, s \in Segments :
           "Nw" \in table[d][s].states /\ ~Shared(table[d][s].location) /\ Idle(s) /\ deletions = Empty)
  /\ Met(34, "location freed", FirstLocations \ DOMAIN storage # {})
  /\ Met(35, "agent knows a disk that is gone", \E a \in running : DOMAIN cache[a] \ DOMAIN table # {})

AboutFailures ==
  /\ Met(41, "write of a crashed agent on its way",
         \E h \in DOMAIN ios : Writing(h) /\ ios[h].agent \notin running)
  /\ Met(42, "write of a fenced agent on its way to a shared location",
         \E h \in DOMAIN ios : /\ Writing(h)
                               /\ ios[h].agent \notin members
                               /\ ios[h].location \in DOMAIN storage
                               /\ Shared(ios[h].location))
  /\ Met(43, "fenced agent still runs", running \ members # {})
  /\ Met(44, "agent back while a write of its former self is on its way",
         /\ running \ FirstAgents # {}
         /\ \E h \in DOMAIN ios : Writing(h) /\ ios[h].agent \notin running)
  /\ Met(45, "controller down with a copy half done", ~Up /\ \E l \in DOMAIN storage : Users(l) = {})
  /\ Met(46, "controller down with a barrier in force", ~Up /\ \E d \in DOMAIN table, s \in Segments : "held" \in table[d][s].states)
  /\ Met(47, "controller down with a deletion begun", ~Up /\ \E d \in DOMAIN table : Deleting(d))
  /\ Met(48, "fault waits while the controller recovers",
         recovery.step = "telling" /\ (faults # {} \/ Faults # {}))
  /\ Met(49, "agent uses the old location while the controller recovers",
         /\ recovery.step = "telling"
         /\ \E a \in running : \E d \in DOMAIN cache[a] \intersect DOMAIN table, s \in Segments :
              /\ Allows(cache[a][d][s], "read")
              /\ cache[a][d][s].location # table[d][s].location)
  /\ Met(50, "command on its way that is older than the entry",
         \E c \in Commands : /\ c.type = "set_entry" /\ c.to \in running
                             /\ \E s \in c.segments :
                                  c.entries[s].version < CachedEntry(c.to, c.disk, s).version)
  /\ Met(51, "command again that is owed an answer", Commands \intersect DOMAIN owed # {})
  /\ Met(52, "awaited command lost",
         \E c \in Awaited : /\ c \notin DOMAIN net \union DOMAIN owed
                            /\ \A m \in Answers : m.command # c)

Situations ==
  AboutIo /\ AboutCopies /\ AboutSnapshots /\ AboutDeletion /\ AboutFailures
=============================================================================
