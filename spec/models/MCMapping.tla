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

(* The writer writes through a1; the reader reads through a2. *)
OneWritesOneReads(h) ==
  \E d \in Disks, s \in Segments, b \in Blocks :
    IF h = writer THEN \E v \in Contents \ {Zero} : Write(h, a1, d, s, b, v)
                  ELSE Read(h, a2, d, s, b)

(* Each host reads and writes, the one through a1, the other through a2. *)
BothReadAndWrite(h) ==
  \E d \in Disks, s \in Segments, b \in Blocks :
    LET a == IF h = writer THEN a1 ELSE a2 IN
    Read(h, a, d, s, b) \/ \E v \in Contents \ {Zero} : Write(h, a, d, s, b, v)

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

OneCut == {[e \in {"snap"} |-> "disk"]}

(* A host's turns may be limited to some kinds of I/O on some disks through some agents. *)
Uses(h, a, R, W) ==
  \E s \in Segments, b \in Blocks :
    \/ \E d \in R : Read(h, a, d, s, b)
    \/ \E d \in W, v \in Contents \ {Zero} : Write(h, a, d, s, b, v)

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
