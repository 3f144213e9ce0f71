------------------------------ MODULE MappingState ------------------------------
(***************************************************************************)
(* The state of the mapping protocol: what exists, where it is kept, and   *)
(* what survives. Modules MappingAgents and MappingController say how it   *)
(* changes. The names of the Java code in dev.faultline.core are the same. *)
(*                                                                         *)
(* Hosts address blocks. Mapping, sharing and copying are per segment.     *)
(***************************************************************************)
EXTENDS Integers

CONSTANTS
  Agents,      \* mapping agents; every agent may map every disk
  Hosts,       \* threads of I/O; each has at most one I/O under way
  Disks,       \* names that disks and snapshots may have
  Segments,    \* the segments of every disk
  Blocks,      \* the blocks of every segment
  Locations,   \* where segments may lie in the storage container: natural numbers
  Contents,    \* what a block may hold
  FirstTable,  \* the mapping tables of the disks that exist in the beginning
  Zero         \* what every block holds in the beginning

VARIABLES
  \* kept by the storage container
  storage,     \* storage[l][b]: the block b at location l, for each l in use
  \* kept by the controller, persistent
  table,       \* table[d][s]: the mapping table of each disk d that exists
  \* kept by the controller, volatile
  faults,      \* the mapping faults that it has received and not yet served
  jobs,        \* jobs[s]: what it is doing to the segments numbered s, if anything
  clones,      \* clones[e]: the snapshot that it is making under the name e
  \* kept by the agents, volatile
  cache,       \* cache[a][d][s]: agent a's copy of entries, for the disks it knows
  owed,        \* owed[c]: the I/Os that must end before command c is answered
  ios,         \* ios[h]: the I/O of host h, if one is under way
  \* between them
  net          \* net[m]: how many copies of message m are on their way

vars == <<storage, table, faults, jobs, clones, cache, owed, ios, net>>

-----------------------------------------------------------------------------
(* Functions that grow and shrink. *)
Empty         == <<>>
With(f, x, y) == [z \in DOMAIN f \union {x} |-> IF z = x THEN y ELSE f[z]]
Without(f, x) == [z \in DOMAIN f \ {x} |-> f[z]]

-----------------------------------------------------------------------------
(***************************************************************************)
(* A mapping-table entry holds a location and a set of states:             *)
(*   "invalid"   the entry is of no use: reads and writes fault            *)
(*   "Nw"        no write: reads go through, writes fault                  *)
(* A set leaves room for more of them (zero, error).                       *)
(***************************************************************************)
NoLocation   == -1
EntryStates  == {"invalid", "Nw"}
Entry        == [location : Locations \union {NoLocation}, states : SUBSET EntryStates]
InvalidEntry == [location |-> NoLocation, states |-> {"invalid"}]

Kinds == {"read", "write"}

(* What an entry allows. This is all that the states mean. *)
Allows(entry, kind) ==
  /\ "invalid" \notin entry.states
  /\ kind = "write" => "Nw" \notin entry.states

SetState(entry, state, on) ==
  [entry EXCEPT !.states = IF on THEN @ \union {state} ELSE @ \ {state}]

(* The users of a location: the disks whose persistent tables name it. *)
UsedBy(d, l) == \E s \in Segments : table[d][s].location = l
Users(l)     == {d \in DOMAIN table : UsedBy(d, l)}
Shared(l)    == \E d, e \in Users(l) : d # e

-----------------------------------------------------------------------------
(***************************************************************************)
(* An I/O. The agent looks up the entry and starts the I/O, or faults; the *)
(* storage container performs it; the agent completes it.                  *)
(*   "waiting"    not looked up yet                                        *)
(*   "faulted"    the entry does not allow it, and the controller was told *)
(*   "renewed"    it faulted, and the entry has been changed to allow it   *)
(*   "started"    sent to storage, at the entry's location                 *)
(*   "performed"  storage has done it; the agent has not yet heard         *)
(* A read's value is Zero until it is performed; location is NoLocation    *)
(* until it is started.                                                    *)
(***************************************************************************)
Phases == {"waiting", "faulted", "renewed", "started", "performed"}
Io == [kind : Kinds, agent : Agents, disk : Disks, segment : Segments, block : Blocks,
       value : Contents, phase : Phases, location : Locations \union {NoLocation}]

InFlight(h) == ios[h].phase \in {"started", "performed"}

-----------------------------------------------------------------------------
(***************************************************************************)
(* Messages. One command addresses one or many contiguous entries of a     *)
(* disk (P12.28) and carries a blocking flag, which holds for this command *)
(* alone (P13.7).                                                          *)
(*   set_entry        gives the entries anew, location and states          *)
(*   set_entry_state  switches one state of the entries on or off          *)
(***************************************************************************)
SetEntry(a, d, S, entries, blocking) ==
  [type |-> "set_entry", to |-> a, disk |-> d, segments |-> S,
   entries |-> entries, blocking |-> blocking]

SetEntryState(a, d, S, state, on, blocking) ==
  [type |-> "set_entry_state", to |-> a, disk |-> d, segments |-> S,
   state |-> state, on |-> on, blocking |-> blocking]

AnswerTo(c) == [type |-> "answer", command |-> c]

FaultOf(a, d, s, kind) ==
  [type |-> "fault", agent |-> a, disk |-> d, segment |-> s, kind |-> kind]

CommandTypes == {"set_entry", "set_entry_state"}
Commands     == {m \in DOMAIN net : m.type \in CommandTypes}
Answers      == {m \in DOMAIN net : m.type = "answer"}
Faults       == {m \in DOMAIN net : m.type = "fault"}
Unanswered   == Commands \union DOMAIN owed \union {m.command : m \in Answers}

(* The network keeps messages in no order. *)
Count(bag, m)   == IF m \in DOMAIN bag THEN bag[m] ELSE 0
Sent(bag, M)    == [m \in DOMAIN bag \union M |-> Count(bag, m) + (IF m \in M THEN 1 ELSE 0)]
Received(bag, m) == IF bag[m] = 1 THEN Without(bag, m) ELSE [bag EXCEPT ![m] = @ - 1]

-----------------------------------------------------------------------------
(***************************************************************************)
(* What the controller is doing. A job changes the entries of one segment: *)
(*   "refreshing"  an agent that faulted is sent the entry as it is        *)
(*   "copying"     the data is being copied to a fresh location            *)
(*   "switching"   the table names the fresh location; agents are told     *)
(*   "lifting"     the table allows writes again; agents are told          *)
(* A clone is a snapshot on its way:                                       *)
(*   "asked"       nothing done yet                                        *)
(*   "freezing"    the original's table has Nw; agents are told            *)
(*   "copied"      the table has been copied                               *)
(* awaits: the commands whose answer is still missing.                     *)
(***************************************************************************)
JobSteps == {"refreshing", "copying", "switching", "lifting"}
Job == [step : JobSteps, disk : Disks, to : Locations \union {NoLocation},
        copied : SUBSET Blocks, awaits : SUBSET Unanswered]

CloneSteps == {"asked", "freezing", "copied"}
Clone == [from : Disks, step : CloneSteps, awaits : SUBSET Unanswered]

-----------------------------------------------------------------------------
FirstLocations == {FirstTable[d][s].location : d \in DOMAIN FirstTable, s \in Segments}

Init ==
  /\ storage = [l \in FirstLocations |-> [b \in Blocks |-> Zero]]
  /\ table = FirstTable
  /\ faults = {}
  /\ jobs = Empty
  /\ clones = Empty
  /\ cache = [a \in Agents |-> Empty]
  /\ owed = Empty
  /\ ios = Empty
  /\ net = Empty
=============================================================================
