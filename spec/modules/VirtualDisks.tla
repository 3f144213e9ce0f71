------------------------------ MODULE VirtualDisks ------------------------------
(***************************************************************************)
(* What hosts may see of Faultline, and nothing of how it is done.         *)
(*                                                                         *)
(* A virtual disk is an array of blocks, grouped in segments. Every disk   *)
(* is linearizable: a call takes effect at one instant between its         *)
(* beginning and its return. A snapshot is one atomic clone of a disk, at  *)
(* one instant between its request and its answer (P14.17, P15.15). There  *)
(* are no agents, tables, locations or messages here: module Mapping adds  *)
(* them, and MappingProperties states that it refines this module.         *)
(***************************************************************************)
CONSTANTS
  Hosts,       \* threads of I/O; each has at most one call under way
  Disks,       \* names that disks and snapshots may have
  Segments,    \* the segments of every disk
  Blocks,      \* the blocks of every segment
  Contents,    \* what a block may hold
  FirstDisks,  \* the disks that exist in the beginning
  Zero         \* what every block holds in the beginning

VARIABLES
  contents,    \* contents[d][s][b], for each disk d that exists
  calls,       \* calls[h]: the call that host h has under way, if any
  requests     \* requests[e]: the snapshot that is being made under the name e

vars == <<contents, calls, requests>>

(***************************************************************************)
(* A call is "called" until it takes effect and "done" from then until it  *)
(* returns. The value of a read is Zero before it takes effect.            *)
(***************************************************************************)
Call == [kind : {"read", "write"}, disk : Disks, segment : Segments,
         block : Blocks, value : Contents, state : {"called", "done"}]

(* A snapshot is "asked" until the clone is taken, "taken" until answered. *)
Request == [from : Disks, state : {"asked", "taken"}]

TypeOK ==
  /\ DOMAIN contents \subseteq Disks
  /\ \A d \in DOMAIN contents : contents[d] \in [Segments -> [Blocks -> Contents]]
  /\ DOMAIN calls \subseteq Hosts
  /\ \A h \in DOMAIN calls : calls[h] \in Call
  /\ DOMAIN requests \subseteq Disks
  /\ \A e \in DOMAIN requests : requests[e] \in Request

Init ==
  /\ contents = [d \in FirstDisks |-> [s \in Segments |-> [b \in Blocks |-> Zero]]]
  /\ calls = <<>>
  /\ requests = <<>>

-----------------------------------------------------------------------------
(* f with x added or set to y; f without x. *)
With(f, x, y) == [z \in DOMAIN f \union {x} |-> IF z = x THEN y ELSE f[z]]
Without(f, x) == [z \in DOMAIN f \ {x} |-> f[z]]

(* A host begins a call. *)
Begin(h, kind, d, s, b, v) ==
  /\ h \notin DOMAIN calls
  /\ d \in DOMAIN contents
  /\ calls' = With(calls, h, [kind |-> kind, disk |-> d, segment |-> s,
                              block |-> b, value |-> v, state |-> "called"])
  /\ UNCHANGED <<contents, requests>>

Read(h, d, s, b)     == Begin(h, "read", d, s, b, Zero)
Write(h, d, s, b, v) == Begin(h, "write", d, s, b, v)

(* The call takes effect, at once and as a whole. *)
TakeEffect(h) ==
  /\ h \in DOMAIN calls
  /\ calls[h].state = "called"
  /\ LET c == calls[h] IN
       \/ /\ c.kind = "read"
          /\ calls' = [calls EXCEPT ![h].state = "done",
                                    ![h].value = contents[c.disk][c.segment][c.block]]
          /\ UNCHANGED <<contents, requests>>
       \/ /\ c.kind = "write"
          /\ calls' = [calls EXCEPT ![h].state = "done"]
          /\ contents' = [contents EXCEPT ![c.disk][c.segment][c.block] = c.value]
          /\ UNCHANGED requests

(* The call returns to the host. *)
Return(h) ==
  /\ h \in DOMAIN calls
  /\ calls[h].state = "done"
  /\ calls' = Without(calls, h)
  /\ UNCHANGED <<contents, requests>>

-----------------------------------------------------------------------------
(* A snapshot of disk d is asked for, under the new name e. *)
AskSnapshot(d, e) ==
  /\ d \in DOMAIN contents
  /\ e \notin DOMAIN contents \union DOMAIN requests
  /\ requests' = With(requests, e, [from |-> d, state |-> "asked"])
  /\ UNCHANGED <<contents, calls>>

(* The clone is taken, at once and as a whole. *)
TakeSnapshot(e) ==
  /\ e \in DOMAIN requests
  /\ requests[e].state = "asked"
  /\ contents' = With(contents, e, contents[requests[e].from])
  /\ requests' = [requests EXCEPT ![e].state = "taken"]
  /\ UNCHANGED calls

(* Whoever asked is told that the snapshot exists. *)
AnswerSnapshot(e) ==
  /\ e \in DOMAIN requests
  /\ requests[e].state = "taken"
  /\ requests' = Without(requests, e)
  /\ UNCHANGED <<contents, calls>>

-----------------------------------------------------------------------------
Next ==
  \/ \E h \in Hosts :
       \/ \E d \in DOMAIN contents, s \in Segments, b \in Blocks :
            \/ Read(h, d, s, b)
            \/ \E v \in Contents : Write(h, d, s, b, v)
       \/ TakeEffect(h)
       \/ Return(h)
  \/ \E e \in Disks :
       \/ \E d \in DOMAIN contents : AskSnapshot(d, e)
       \/ TakeSnapshot(e)
       \/ AnswerSnapshot(e)

Spec == Init /\ [][Next]_vars

THEOREM Spec => []TypeOK
=============================================================================
