--------------------------- MODULE MappingProperties ---------------------------
(***************************************************************************)
(* What must hold of the mapping protocol.                                 *)
(***************************************************************************)
EXTENDS Mapping

TypeOK ==
  /\ DOMAIN storage \subseteq Locations
  /\ \A l \in DOMAIN storage : storage[l] \in [Blocks -> Contents]
  /\ DOMAIN table \subseteq Disks
  /\ \A d \in DOMAIN table : table[d] \in [Segments -> Entry]
  /\ faults \subseteq {FaultOf(a, d, s, k) : a \in Agents, d \in Disks, s \in Segments, k \in Kinds}
  /\ DOMAIN jobs \subseteq Segments
  /\ \A s \in DOMAIN jobs : jobs[s] \in Job
  /\ DOMAIN clones \subseteq Disks
  /\ \A e \in DOMAIN clones : clones[e] \in Clone
  /\ \A a \in Agents : /\ DOMAIN cache[a] \subseteq DOMAIN table
                       /\ \A d \in DOMAIN cache[a] : cache[a][d] \in [Segments -> Entry]
  /\ \A c \in DOMAIN owed : c.type \in CommandTypes /\ owed[c] \subseteq DOMAIN ios
  /\ DOMAIN ios \subseteq Hosts
  /\ \A h \in DOMAIN ios : ios[h] \in Io
  /\ \A m \in DOMAIN net : net[m] \in Nat \ {0}

-----------------------------------------------------------------------------
(* A table entry never names a location without data, and two segments never share one. *)
LocationsOwned ==
  \A d, e \in DOMAIN table : \A s, t \in Segments :
    /\ table[d][s].location \in DOMAIN storage
    /\ table[d][s].location = table[e][t].location => s = t

(* A write on its way to storage has its location to itself: no other disk can see it. *)
WritesAreAlone ==
  \A h \in DOMAIN ios :
    ios[h].phase = "started" /\ ios[h].kind = "write" => ~Shared(ios[h].location)

(* A snapshot is frozen: what two disks share does not change. *)
FrozenSnapshots ==
  [][storage # storage' =>
       \A l \in DOMAIN storage : Shared(l) => l \in DOMAIN storage' /\ storage'[l] = storage[l]]_vars

(* A shared segment cannot be written through the persistent table. *)
SharedMeansNw ==
  \A d \in DOMAIN table : \A s \in Segments :
    Shared(table[d][s].location) => ~Allows(table[d][s], "write")

(* When an agent has answered a command (and until the controller sends it another about the
   same entries), its I/Os in flight are only such as its entry now allows, where it allows
   them. For commands without the blocking flag nothing is promised. *)
DrainedBeforeAnswer ==
  \A m \in DOMAIN net :
    m.type = "answer" /\ m.command.blocking =>
      \A h \in DOMAIN ios :
        Addresses(m.command, h) /\ InFlight(h) =>
          /\ ios[h].location = EntryOf(h).location
          /\ Allows(EntryOf(h), ios[h].kind)

(* An agent that owes no answer, and to which no command is on its way, is allowed nothing
   that the persistent table does not allow. *)
Settled(a, d, s) ==
  /\ \A c \in DOMAIN owed : ~(c.to = a /\ c.disk = d /\ s \in c.segments)
  /\ \A c \in Commands : ~(c.to = a /\ c.disk = d /\ s \in c.segments)

PermissionsNeverAbove ==
  \A a \in Agents : \A d \in DOMAIN cache[a] : \A s \in Segments :
    Settled(a, d, s) =>
      LET mine == cache[a][d][s]  persistent == table[d][s] IN
      \A kind \in Kinds : Allows(mine, kind) =>
        Allows(persistent, kind) /\ mine.location = persistent.location

-----------------------------------------------------------------------------
(***************************************************************************)
(* The refinement: what hosts see is VirtualDisks. A disk's contents are   *)
(* what its persistent table leads to; a call takes effect when storage    *)
(* performs the I/O; a snapshot is taken when the table is copied.         *)
(***************************************************************************)
DiskContents == [d \in DOMAIN table |-> [s \in Segments |-> storage[table[d][s].location]]]

HostCalls ==
  [h \in DOMAIN ios |->
     [kind |-> ios[h].kind, disk |-> ios[h].disk, segment |-> ios[h].segment,
      block |-> ios[h].block, value |-> ios[h].value,
      state |-> IF ios[h].phase = "performed" THEN "done" ELSE "called"]]

SnapshotRequests ==
  [e \in DOMAIN clones |->
     [from |-> clones[e].from, state |-> IF clones[e].step = "copied" THEN "taken" ELSE "asked"]]

Hosted == INSTANCE VirtualDisks
            WITH contents <- DiskContents, calls <- HostCalls, requests <- SnapshotRequests,
                 FirstDisks <- DOMAIN FirstTable

(* The same as Hosted!Spec, written so that the common case, a step that hosts cannot see, is
   looked at first and on few variables. *)
Unseen == /\ UNCHANGED <<storage, table>>
          /\ ios = ios' \/ HostCalls = HostCalls'
          /\ clones = clones' \/ SnapshotRequests = SnapshotRequests'

Refinement == Hosted!Init /\ [][Unseen \/ [Hosted!Next]_(Hosted!vars)]_vars

THEOREM Spec => [](TypeOK /\ LocationsOwned /\ WritesAreAlone /\ SharedMeansNw)
THEOREM Spec => [](DrainedBeforeAnswer /\ PermissionsNeverAbove)
THEOREM Spec => FrozenSnapshots
THEOREM Spec => Hosted!Spec
=============================================================================
