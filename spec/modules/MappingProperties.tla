--------------------------- MODULE MappingProperties ---------------------------
(***************************************************************************)
(* What must hold of the mapping protocol.                                 *)
(***************************************************************************)
EXTENDS Mapping, FiniteSets

Job == [step : JobSteps, disk : Disks, from : Locations \union {NoLocation},
        to : Locations \union {NoLocation}, copied : SUBSET Blocks]

TypeOK ==
  /\ DOMAIN storage \subseteq Locations
  /\ \A l \in DOMAIN storage : storage[l] \in [Blocks -> Contents]
  /\ older \subseteq (DOMAIN storage) \X Blocks \X Contents
  /\ members \subseteq DOMAIN cache
  /\ cut \subseteq DOMAIN cache \union {Controller}
  /\ DOMAIN table \subseteq names /\ names \subseteq Disks
  /\ \A d \in DOMAIN table : table[d] \in [Segments -> Entry]
  /\ \A d \in DOMAIN table, s \in Segments : table[d][s].version <= version
  /\ faults \subseteq {FaultOf(a, d, s, k) : a \in members, d \in Disks, s \in Segments, k \in Kinds \union {"trim"}}
  /\ DOMAIN jobs \subseteq Segments
  /\ \A s \in DOMAIN jobs : [x \in {"step", "disk", "from", "to", "copied"} |-> jobs[s][x]] \in Job
  /\ \A g \in DOMAIN clones : /\ DOMAIN g \subseteq Disks /\ Range(g) \subseteq Disks
                              /\ clones[g].step \in CloneSteps
  /\ DOMAIN deletions \subseteq DOMAIN table
  /\ \A d \in DOMAIN deletions : deletions[d].step \in DeletionSteps
  /\ recovery.step \in RecoverySteps
  /\ \A c \in Awaited : c.type \in CommandTypes /\ c.to \in members
  /\ running \subseteq DOMAIN cache
  /\ DOMAIN cache \subseteq Agents
  /\ \A a \in DOMAIN cache : \A d \in DOMAIN cache[a] : cache[a][d] \in [Segments -> Entry]
  /\ \A c \in DOMAIN owed : /\ c.type \in CommandTypes
                            /\ c.to \in running
                            /\ owed[c] \subseteq DOMAIN ios
  /\ DOMAIN ios \subseteq Hosts
  /\ \A h \in DOMAIN ios : ios[h] \in Io
  /\ \A m \in DOMAIN net : net[m] \in Nat \ {0}
  /\ DOMAIN openings \subseteq members \X names
  /\ DOMAIN opened = DOMAIN cache
  /\ \A a \in DOMAIN opened : \A d \in DOMAIN opened[a] :
       opened[a][d].step \in OpeningSteps /\ opened[a][d].number \in Nat
  /\ \A a \in DOMAIN opened \ running : opened[a] = Empty

-----------------------------------------------------------------------------
(* A table entry never names a location without data, and two segments never share one. *)
LocationsOwned ==
  \A d, e \in DOMAIN table : \A s, t \in Segments :
    /\ IF IsEmpty(table[d][s]) THEN table[d][s].location = NoLocation
                               ELSE table[d][s].location \in DOMAIN storage
    /\ table[d][s].location = table[e][t].location => s = t \/ IsEmpty(table[d][s])

(* No location is lost: what is in use is named by a table or is being filled. While the controller
   is down, that may be what it was filling. *)
NoneLost ==
  Up => \A l \in DOMAIN storage : Users(l) # {} \/ \E s \in DOMAIN jobs : jobs[s].to = l

(* A location is being filled with a copy. *)
Filling(s) == jobs[s].step \in {"copying", "flushed"}

(* A location that data is copied to was free, in that no I/O is on its way there and no agent has
   an entry that would send one. *)
NoneReused ==
  \A s \in DOMAIN jobs : Filling(s) =>
    /\ \A h \in DOMAIN ios : ~(/\ ios[h].phase = "started"
                               /\ ios[h].agent \in members
                               /\ ios[h].location = jobs[s].to)
    /\ \A a \in members : \A d \in DOMAIN cache[a] : \A t \in Segments :
         ~(/\ Maps(a, d)
           /\ cache[a][d][t].location = jobs[s].to
           /\ Allows(cache[a][d][t], "read"))

(* What storage is about to perform has a location, or is of zeros. *)
InFlightIsInUse ==
  \A h \in DOMAIN ios : ios[h].phase = "started" /\ ios[h].agent \in members =>
    \/ ios[h].location \in DOMAIN storage
    \/ ios[h].location = NoLocation /\ ios[h].value = Zero

(* A write on its way to storage has its location to itself: no other disk can see it. *)
WritesAreAlone ==
  \A h \in DOMAIN ios :
    ios[h].phase = "started" /\ ios[h].kind = "write" /\ ios[h].agent \in members =>
      ~Shared(ios[h].location)

(* A snapshot is frozen: what two disks share does not change. *)
FrozenSnapshots ==
  [][storage # storage' =>
       \A l \in DOMAIN storage : Shared(l) => l \in DOMAIN storage' /\ storage'[l] = storage[l]]_vars

(* Nor does it when power is lost. *)
SharedIsDurable == \A t \in older : ~Shared(t[1])

(* A shared segment cannot be written through the persistent table. *)
SharedMeansNw ==
  \A d \in DOMAIN table : \A s \in Segments :
    Shared(table[d][s].location) => ~Allows(table[d][s], "write")

(* When an agent has answered a command (and until the entry is changed again), its I/Os in flight
   are only such as its entry now allows, where it allows them. For commands without the blocking
   flag nothing is promised. *)
DrainedBeforeAnswer ==
  \A m \in Answers :
    m.command.blocking =>
      \A h \in DOMAIN ios :
        /\ Addresses(m.command, h)
        /\ ios[h].agent \in running
        /\ InFlight(h)
        /\ EntryOf(h).version = VersionIn(m.command, ios[h].segment)
        => /\ ios[h].location = EntryOf(h).location
           /\ AllowsIo(EntryOf(h), h)

(* While snapshots are made under a barrier, nothing is in flight on their originals. *)
QuietUnderBarrier ==
  \A g \in DOMAIN clones : NeedsBarrier(g) /\ clones[g].step \in {"freezing", "flushed", "copied"} =>
    \A h \in DOMAIN ios : ~(ios[h].disk \in Range(g) /\ ios[h].agent \in members /\ InFlight(h))

(* A version names one state of an entry: who has the persistent table's version, and has more of it
   than a state, has the entry. So has who asks an agent for it. *)
IsNamed(entry, d, s) ==
  /\ entry.version <= version
  /\ (/\ d \in DOMAIN table
      /\ entry.version = table[d][s].version
      /\ "invalid" \notin entry.states) => entry = table[d][s]

VersionsNameEntries ==
  /\ \A a \in DOMAIN cache : \A d \in DOMAIN cache[a] : \A s \in Segments :
       IsNamed(cache[a][d][s], d, s)
  /\ \A m \in Answers : \A s \in DOMAIN m.entries : IsNamed(m.entries[s], m.command.disk, s)

(* While the controller serves and awaits no answer from an agent about an entry, the agent is
   allowed nothing that the persistent table does not allow, whatever is still on its way. *)
Settled(a, d, s) ==
  /\ Serving
  /\ Maps(a, d)
  /\ \A c \in Awaited : ~(c.to = a /\ c.disk = d /\ s \in c.segments)

PermissionsNeverAbove ==
  \A a \in members : \A d \in DOMAIN cache[a] \intersect DOMAIN table : \A s \in Segments :
    Settled(a, d, s) =>
      LET mine == cache[a][d][s]  persisted == table[d][s] IN
      \A kind \in Kinds : Allows(mine, kind) =>
        Allows(persisted, kind) /\ mine.location = persisted.location

(* What an agent has open, the controller knows. *)
OpenIsKnown ==
  \A a \in members \intersect running : \A d \in DOMAIN opened[a] :
    HasOpen(a, d) => /\ <<a, d>> \in DOMAIN openings
                     /\ openings[<<a, d>>] = opened[a][d].number

(* Space. A location is used by one disk, or shared, or about to be used, or free. *)
UsedSpace   == {l \in DOMAIN storage : Cardinality(Users(l)) = 1}
SharedSpace == {l \in DOMAIN storage : Shared(l)}
FilledSpace == {jobs[s].to : s \in {t \in DOMAIN jobs : Filling(t)}}
FreeSpace   == Locations \ DOMAIN storage

SpaceAddsUp ==
  Up => Cardinality(UsedSpace) + Cardinality(SharedSpace) + Cardinality(FilledSpace) + Cardinality(FreeSpace)
          = Cardinality(Locations)

(* Where there is space for all that disks can hold, no write fails. *)
EnoughIsEnough ==
  Cardinality(Locations) >= Cardinality(Disks) * Cardinality(Segments) =>
    \A h \in DOMAIN ios : ios[h].phase # "full"

(* An agent has I/O only of disks that it maps. *)
IoIsOfMappedDisks ==
  \A h \in DOMAIN ios : ios[h].agent \in running => Maps(ios[h].agent, ios[h].disk)

-----------------------------------------------------------------------------
(***************************************************************************)
(* The refinement: what hosts see is VirtualDisks. A disk's contents are   *)
(* what its persistent table leads to; a call takes effect when storage    *)
(* performs the I/O; snapshots are taken when the tables are copied; a     *)
(* disk is deleted when its table goes. A host's way to storage is through *)
(* an agent that runs and whose I/O storage performs.                      *)
(***************************************************************************)
DiskContents == [d \in DOMAIN table |-> [s \in Segments |-> Behind(table[d][s].location)]]

OlderContents ==
  UNION {{<<d, s, t[2], t[3]>> : t \in {u \in older : u[1] = table[d][s].location}} :
           d \in DOMAIN table, s \in Segments}

WholeWays  == (running \intersect members) \ cut
BrokenWays == DOMAIN cache \ WholeWays

HostCalls ==
  [h \in DOMAIN ios |->
     [kind |-> ios[h].kind, disk |-> ios[h].disk, segment |-> ios[h].segment,
      block |-> ios[h].block, value |-> ios[h].value,
      state |-> CASE ios[h].phase = "performed" -> "done" [] ios[h].phase = "full" -> "full" [] OTHER -> "called",
      way |-> ios[h].agent]]

SnapshotRequests ==
  [g \in DOMAIN clones |->
     IF clones[g].step \in {"copied", "activating"} THEN "taken" ELSE "asked"]

LeavingDisks == DOMAIN deletions \union {d \in DOMAIN table : Deleting(d)}

Hosted == INSTANCE VirtualDisks
            WITH contents <- DiskContents, older <- OlderContents, ways <- WholeWays, broken <- BrokenWays,
                 calls <- HostCalls, requests <- SnapshotRequests, leaving <- LeavingDisks,
                 down <- ~Up, FirstDisks <- DOMAIN FirstTable, Ways <- Agents,
                 FirstWays <- FirstAgents

(* The same as Hosted!Spec, written so that the common case, a step that hosts cannot see, is
   looked at first and on few variables. *)
Unseen == /\ UNCHANGED <<storage, older, table>>
          /\ clones = clones' \/ SnapshotRequests = SnapshotRequests'
          /\ deletions = deletions' \/ LeavingDisks = LeavingDisks'
          /\ UNCHANGED <<running, members, cut>> \/ WholeWays = WholeWays'
          /\ UNCHANGED ios \/ HostCalls = HostCalls'
          /\ Up = Up'

Refinement == Hosted!Init /\ [][Unseen \/ [Hosted!Next]_(Hosted!vars)]_vars

THEOREM Spec => [](TypeOK /\ LocationsOwned /\ NoneLost /\ NoneReused /\ InFlightIsInUse)
THEOREM Spec => [](WritesAreAlone /\ SharedMeansNw /\ VersionsNameEntries)
THEOREM Spec => [](DrainedBeforeAnswer /\ PermissionsNeverAbove /\ QuietUnderBarrier)
THEOREM Spec => []SharedIsDurable /\ FrozenSnapshots
THEOREM Spec => Hosted!Spec
=============================================================================
