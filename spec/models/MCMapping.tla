------------------------------- MODULE MCMapping -------------------------------
(***************************************************************************)
(* The protocol at a size that TLC can explore. One disk, "disk", and the  *)
(* snapshots that the configuration has names for. Two agents, and both    *)
(* map every disk, the snapshots too. A host that always uses one agent    *)
(* keeps the model small; that there is one host at each agent makes each  *)
(* disk be used through both.                                              *)
(***************************************************************************)
EXTENDS MappingLiveness

CONSTANTS a1, a2,           \* the agents
          writer, reader    \* the hosts

MCFirstTable == [d \in {"disk"} |-> [s \in Segments |-> [location |-> s, states |-> {}, version |-> 0]]]

(* Host u reads the disks R and writes the disks W through agent a. *)
Uses(h, u, a, R, W) ==
  \/ \E d \in R, s \in Segments, b \in Blocks : h = u /\ Read(h, a, d, s, b)
  \/ \E d \in W, s \in Segments, b \in Blocks, v \in Contents \ {Zero} :
       h = u /\ Write(h, a, d, s, b, v)

(* The writer writes through a1; the reader reads through a2. *)
OneWritesOneReads(h) == Uses(h, writer, a1, {}, Disks) \/ Uses(h, reader, a2, Disks, {})

(* Each host reads and writes, the one through a1, the other through a2. *)
BothReadAndWrite(h) == Uses(h, writer, a1, Disks, Disks) \/ Uses(h, reader, a2, Disks, Disks)

(* The writer writes to the disks D through the agents A, and nothing twice: for models that are to
   be small. *)
WritesNew(h, A, D) ==
  /\ h = writer
  /\ \E a \in A, d \in D \intersect DOMAIN table, s \in Segments, b \in Blocks :
       /\ Behind(table[d][s].location)[b] = Zero
       /\ Write(h, a, d, s, b, 1)
NewToDisk(h)     == WritesNew(h, {a1}, {"disk"})
NewToSnapshot(h) == WritesNew(h, {a1}, {"snap"})

(* The agents already know the first disks. *)
LoadedCache == FirstTable

(* What models are about: a disk, its snapshot, and what comes of them; without deletion, inspection
   and failures. *)
CoreNext ==
  \/ \E h \in Hosts : HostStep(h) \/ IoStep(h)
  \/ CommandStep
  \/ FaultStep
  \/ \E s \in Segments : JobStep(s)
  \/ \E g \in Cuts : SnapshotStep(g)

NoCuts == {}
OneCut == {[e \in {"snap"} |-> "disk"]}

-----------------------------------------------------------------------------
(* To take a rule away, substitute one of these for it. *)
Nothing == FALSE
Yes == TRUE
Never(x) == FALSE
Always(x) == TRUE
Always2(x, y) == TRUE
Always3(x, y, z) == TRUE
Nobody(x) == {}
NoCommands(x, y) == {}

(* Instead of EntryAfter: the agent does as if it set the state, and does not. *)
EntryAfterWithoutStates(entry, c, s) ==
  IF c.type = "set_entry" THEN c.entries[s] ELSE [entry EXCEPT !.version = c.version]
=============================================================================
