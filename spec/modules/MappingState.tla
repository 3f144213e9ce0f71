------------------------------ MODULE MappingState ------------------------------
(***************************************************************************)
(* The state of the mapping protocol: what exists, where it is kept, and   *)
(* what survives. Modules MappingAgents, MappingController,                *)
(* MappingSnapshots and MappingFailures say how it changes. The names of   *)
(* the Java code in dev.faultline.core are the same.                       *)
(*                                                                         *)
(* Hosts address blocks. Mapping, sharing and copying are per segment.     *)
(***************************************************************************)
EXTENDS Integers

CONSTANTS
  Agents,      \* names of mapping agents; one that comes back after a crash has a new name
  Hosts,       \* threads of I/O; each has at most one I/O under way
  Disks,       \* names that disks and snapshots may have
  Segments,    \* the segments of every disk
  Blocks,      \* the blocks of every segment
  Locations,   \* where segments may lie in the storage container: natural numbers
  Contents,    \* what a block may hold
  FirstTable,  \* the mapping tables of the disks that exist in the beginning
  Zero         \* what every block holds in the beginning

VARIABLES
  \* kept by the storage container, persistent as far as it is flushed; see MappingFlush
  storage,     \* storage[l][b]: the block b at location l, for each l in use
  older,       \* <<l, b, v>>: block b at location l may hold v instead when power is lost
  members,     \* the agents whose I/O it performs; the I/O of others it refuses
  cut,         \* whose way to it a loss of power has broken: agents, or the controller
  \* kept by the controller, persistent
  table,       \* table[d][s]: the mapping table of each disk d that exists
  version,     \* the highest version that an entry was ever given
  names,       \* all names that disks have had
  openings,    \* openings[<<a, d>>]: the number of agent a's opening of disk d; see MappingOpening
  \* kept by the controller, volatile
  faults,      \* the mapping faults that it has received and not yet served
  jobs,        \* jobs[s]: what it is doing to the segments numbered s, if anything
  clones,      \* clones[g]: the snapshots that it is making, together, as g asks
  deletions,   \* deletions[d]: how far it is in deleting disk d
  recovery,    \* whether it serves, or is down, or has come back and is not ready yet
  \* kept by the agents, volatile
  running,     \* the agents that run
  opened,      \* opened[a][d]: how far agent a is in opening or closing disk d, if it ever opened it
  cache,       \* cache[a][d][s]: agent a's copy of entries, for the disks it knows
  owed,        \* owed[c]: the I/Os that must end before command c is answered
  ios,         \* ios[h]: the I/O of host h, if one is under way
  \* between them
  net          \* net[m]: how many copies of message m are on their way

container  == <<storage, older, members, cut>>
persistent == <<table, version, names, openings>>
controller == <<faults, jobs, clones, deletions, recovery>>
agents     == <<running, opened, cache, owed, ios>>
vars       == <<container, persistent, controller, agents, net>>

-----------------------------------------------------------------------------
(* Functions that grow and shrink. *)
Empty         == <<>>
With(f, x, y) == [z \in DOMAIN f \union {x} |-> IF z = x THEN y ELSE f[z]]
Without(f, x) == [z \in DOMAIN f \ {x} |-> f[z]]
Range(f)      == {f[x] : x \in DOMAIN f}

-----------------------------------------------------------------------------
(***************************************************************************)
(* A mapping-table entry holds a location, a version and a set of states:  *)
(*   "invalid"   the entry is of no use: reads and writes fault            *)
(*   "Nw"        no write: reads go through, writes fault                  *)
(*   "held"      a barrier is in force: reads and writes wait              *)
(*   "error"     the disk is going or gone: reads and writes are rejected  *)
(*   "zero"      nothing lies behind it: reads are zeros, writes fault     *)
(* Each change of an entry in the persistent table gives it a version that *)
(* no entry had before.                                                    *)
(***************************************************************************)
NoLocation   == -1
EntryStates  == {"invalid", "Nw", "held", "error", "zero"}
Entry        == [location : Locations \union {NoLocation}, states : SUBSET EntryStates, version : Nat]
InvalidEntry == [location |-> NoLocation, states |-> {"invalid"}, version |-> 0]
ErrorEntry   == [location |-> NoLocation, states |-> {"error"}, version |-> 0]

Kinds == {"read", "write"}

(* A segment of which this is the entry has no storage; see MappingSpace. *)
IsEmpty(entry) == "zero" \in entry.states

(* What an entry allows. This is all that the states mean, but for "held" and "error", which also
   say what becomes of an I/O that is not allowed. *)
Allows(entry, kind) ==
  /\ entry.states \intersect {"invalid", "held", "error"} = {}
  /\ kind = "write" => entry.states \intersect {"Nw", "zero"} = {}

SetState(entry, state, on) ==
  [entry EXCEPT !.states = IF on THEN @ \union {state} ELSE @ \ {state}]

(* The users of a location: the disks whose persistent tables name it. *)
UsedBy(d, l) == \E s \in Segments : table[d][s].location = l
Users(l)     == {d \in DOMAIN table : UsedBy(d, l)}
Shared(l)    == l # NoLocation /\ \E d, e \in Users(l) : d # e

(* What lies at a location; behind a segment that has none, it is zeros. *)
Behind(l) == IF l = NoLocation THEN [b \in Blocks |-> Zero] ELSE storage[l]

(* What a location holds when it comes into use. *)
FreshBlocks == [b \in Blocks |-> Zero]

(* Whether storage has a cache, so that what is written is durable only when it is flushed; see
   MappingFlush. Models that are not about it have a storage that never loses anything. *)
StorageCaches == FALSE

(* What may be left of old data when v is written to block b at location l. *)
OlderAfter(l, b, v) ==
  IF StorageCaches THEN {t \in older \union {<<l, b, storage[l][b]>>} : t # <<l, b, v>>} ELSE older

(* Nothing is left of old data at the locations L. *)
OlderWithout(L) == {t \in older : t[1] \notin L}

(* The name of the controller, where agents have theirs. *)
Controller == "controller"

-----------------------------------------------------------------------------
(***************************************************************************)
(* An I/O. The agent looks up the entry and starts the I/O, or faults; the *)
(* storage container performs it; the agent completes it. A flush is of    *)
(* a disk, and goes to storage at once.                                    *)
(*   "waiting"    not looked up yet                                        *)
(*   "faulted"    the entry does not allow it, and the controller was told *)
(*   "renewed"    it faulted, and the entry has been changed to allow it   *)
(*   "started"    sent to storage, at the entry's location                 *)
(*   "performed"  storage has done it; the agent has not yet heard         *)
(*   "full"       it faulted, and there is no space left for it            *)
(* A read's value is Zero until it is performed; location is NoLocation    *)
(* until it is started.                                                    *)
(***************************************************************************)
Phases == {"waiting", "faulted", "renewed", "started", "performed", "full"}
Nowhere == -1
Io == [kind : Kinds \union {"flush"}, agent : Agents, disk : Disks, segment : Segments \union {Nowhere},
       block : Blocks \union {Nowhere}, value : Contents, phase : Phases,
       location : Locations \union {NoLocation}]

(* A read or a write is on its way to storage and back. *)
InFlight(h) == ios[h].kind \in Kinds /\ ios[h].phase \in {"started", "performed"}

-----------------------------------------------------------------------------
(***************************************************************************)
(* Messages. One command addresses one or many contiguous entries of a     *)
(* disk (P12.28) and carries a blocking flag, which holds for this command *)
(* alone (P13.7).                                                          *)
(*   set_entry        gives the entries anew: location, states, version    *)
(*   set_entry_state  switches one state of the entries on or off          *)
(*   quiesce          makes the agent hold I/O on the entries              *)
(*   activate         lets the I/O that is held go on                      *)
(*   get_entry        asks for the entries                                 *)
(***************************************************************************)
SetEntry(a, d, S, entries, blocking) ==
  [type |-> "set_entry", to |-> a, disk |-> d, segments |-> S,
   entries |-> entries, blocking |-> blocking]

SetEntryState(a, d, S, state, on, n, blocking) ==
  [type |-> "set_entry_state", to |-> a, disk |-> d, segments |-> S,
   state |-> state, on |-> on, version |-> n, blocking |-> blocking]

QuiesceDisk(a, d, n) ==
  [type |-> "quiesce", to |-> a, disk |-> d, segments |-> Segments, version |-> n, blocking |-> TRUE]

ActivateDisk(a, d, n) ==
  [type |-> "activate", to |-> a, disk |-> d, segments |-> Segments, version |-> n, blocking |-> FALSE]

GetEntry(a, d, S, blocking) ==
  [type |-> "get_entry", to |-> a, disk |-> d, segments |-> S, blocking |-> blocking]

(* An answer; that to get_entry brings the entries, any other brings none. *)
AnswerTo(c, entries) == [type |-> "answer", command |-> c, entries |-> entries]

FaultOf(a, d, s, kind) ==
  [type |-> "fault", agent |-> a, disk |-> d, segment |-> s, kind |-> kind]

CommandTypes == {"set_entry", "set_entry_state", "quiesce", "activate", "get_entry"}
Commands     == {m \in DOMAIN net : m.type \in CommandTypes}
OfType(type) == {m \in DOMAIN net : m.type = type}
Answers      == OfType("answer")
Faults       == OfType("fault")

(* An agent asks, and the controller answers, that it may have a disk open, or has closed it. *)
OpenDisk(a, d, n)  == [type |-> "open", agent |-> a, disk |-> d, number |-> n]
CloseDisk(a, d, n) == [type |-> "close", agent |-> a, disk |-> d, number |-> n]
Opened(m, f)       == [type |-> "opened", to |-> m.agent, disk |-> m.disk, number |-> m.number, versions |-> f]
Closed(m)          == [type |-> "closed", to |-> m.agent, disk |-> m.disk, number |-> m.number]

(* The controller has no space for the write that faulted. *)
FullFor(f) == [type |-> "full", to |-> f.agent, disk |-> f.disk, segment |-> f.segment]

(* The network keeps messages in no order. *)
Count(bag, m)    == IF m \in DOMAIN bag THEN bag[m] ELSE 0
Sent(bag, M)     == [m \in DOMAIN bag \union M |-> Count(bag, m) + (IF m \in M THEN 1 ELSE 0)]
Received(bag, m) == IF bag[m] = 1 THEN Without(bag, m) ELSE [bag EXCEPT ![m] = @ - 1]

-----------------------------------------------------------------------------
(***************************************************************************)
(* What the controller is doing. A job changes the entries of one segment: *)
(*   "refreshing"  an agent that faulted is sent the entry as it is        *)
(*   "copying"     the data is being copied to a fresh location, or zeros  *)
(*   "flushed"     the copy is durable                                     *)
(*   "switching"   the table names the fresh location; agents are told     *)
(*   "lifting"     the table allows writes again; agents are told          *)
(*   "holding"     the table lets no I/O pass while the controller looks   *)
(*                 whether all blocks are zeros                            *)
(*   "looking"     what it looks at is durable                             *)
(*   "releasing"   they are not                                            *)
(* Snapshots are asked for by a function g from new names to originals:    *)
(* they are made together, as one consistent cut.                          *)
(*   "asked"       nothing done yet                                        *)
(*   "quiescing"   a barrier is set up; agents are told                    *)
(*   "freezing"    the originals' tables have Nw; agents are told          *)
(*   "flushed"     what the snapshots will hold is durable                 *)
(*   "copied"      the tables have been copied                             *)
(*   "activating"  the barrier is taken down; agents are told              *)
(* A deletion is "asked", and then "deleting" once the table says so.      *)
(* awaits: the commands whose answer is still missing.                     *)
(***************************************************************************)
JobSteps      == {"refreshing", "copying", "flushed", "switching", "lifting", "holding", "looking", "releasing"}
CloneSteps    == {"asked", "quiescing", "freezing", "flushed", "copied", "activating"}
DeletionSteps == {"asked", "deleting"}
RecoverySteps == {"serving", "down", "telling"}

(* A job on disk d that copies from location l to location k, if it copies; "copied" are the blocks that
   it has copied, or seen to be zeros. *)
NewJob(step, d, l, k, awaits) ==
  [step |-> step, disk |-> d, from |-> l, to |-> k, copied |-> {}, awaits |-> awaits]

(* The commands that somebody at the controller awaits the answer to. *)
Awaited ==
  recovery.awaits \union UNION {jobs[s].awaits : s \in DOMAIN jobs}
                  \union UNION {clones[g].awaits : g \in DOMAIN clones}
                  \union UNION {deletions[d].awaits : d \in DOMAIN deletions}

-----------------------------------------------------------------------------
FirstLocations == {FirstTable[d][s].location : d \in DOMAIN FirstTable, s \in Segments} \ {NoLocation}
FirstAgents    == Agents

FirstVersion   == 0

(* What the agents know, and have open, in the beginning: nothing. *)
FirstCache    == Empty
FirstOpenings == Empty

Init ==
  /\ storage = [l \in FirstLocations |-> [b \in Blocks |-> Zero]]
  /\ older = {}
  /\ members = FirstAgents
  /\ cut = {}
  /\ table = FirstTable
  /\ version = FirstVersion
  /\ names = DOMAIN FirstTable
  /\ openings = FirstOpenings
  /\ faults = {}
  /\ jobs = Empty
  /\ clones = Empty
  /\ deletions = Empty
  /\ recovery = [step |-> "serving", awaits |-> {}]
  /\ running = FirstAgents
  /\ opened = [a \in FirstAgents |->
                [d \in {p[2] : p \in {q \in DOMAIN openings : q[1] = a}} |->
                   [step |-> "open", number |-> openings[<<a, d>>]]]]
  /\ cache = [a \in FirstAgents |-> FirstCache]
  /\ owed = Empty
  /\ ios = Empty
  /\ net = Empty
=============================================================================
