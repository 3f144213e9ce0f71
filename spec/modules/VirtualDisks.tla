------------------------------ MODULE VirtualDisks ------------------------------
(***************************************************************************)
(* What hosts may see of Faultline, and nothing of how it is done.         *)
(*                                                                         *)
(* A virtual disk is an array of blocks, grouped in segments. Every disk   *)
(* is linearizable: a call takes effect at one instant between its         *)
(* beginning and its return. Snapshots that are asked for together are one *)
(* atomic clone of all their disks, at one instant between request and     *)
(* answer (P14.17, P15.15). A disk is deleted at one instant, too. There   *)
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
  requests,    \* requests[g]: the snapshots that are being made as g asks, see AskSnapshot
  leaving,     \* the disks that are being deleted
  down         \* whether the service that makes snapshots and deletes disks is down

vars == <<contents, calls, requests, leaving, down>>

(***************************************************************************)
(* A call is "called" until it takes effect and "done" from then until it  *)
(* returns; or it is "full" from when there is no space for it. The value  *)
(* of a read is Zero before it takes effect. A call is lost when the way   *)
(* to storage that it took has broken: it may still take effect, once, or  *)
(* never, and need not return.                                             *)
(***************************************************************************)
Call == [kind : {"read", "write"}, disk : Disks, segment : Segments, block : Blocks,
         value : Contents, state : {"called", "done", "full"}, lost : BOOLEAN]

(* A request is "asked" until the clones are taken, "taken" until it is answered. *)
RequestStates == {"asked", "taken"}

TypeOK ==
  /\ DOMAIN contents \subseteq Disks
  /\ \A d \in DOMAIN contents : contents[d] \in [Segments -> [Blocks -> Contents]]
  /\ DOMAIN calls \subseteq Hosts
  /\ \A h \in DOMAIN calls : calls[h] \in Call
  /\ \A g \in DOMAIN requests : /\ DOMAIN g \subseteq Disks
                                /\ requests[g] \in RequestStates
  /\ leaving \subseteq DOMAIN contents
  /\ down \in BOOLEAN

Init ==
  /\ contents = [d \in FirstDisks |-> [s \in Segments |-> [b \in Blocks |-> Zero]]]
  /\ calls = <<>>
  /\ requests = <<>>
  /\ leaving = {}
  /\ down = FALSE

-----------------------------------------------------------------------------
(* f with x added or set to y; f without x; what f leads to. *)
With(f, x, y) == [z \in DOMAIN f \union {x} |-> IF z = x THEN y ELSE f[z]]
Without(f, x) == [z \in DOMAIN f \ {x} |-> f[z]]
Range(f)      == {f[x] : x \in DOMAIN f}

(* A host begins a call. The way that it takes may be broken already. *)
Begin(h, kind, d, s, b, v) ==
  /\ h \notin DOMAIN calls
  /\ d \in DOMAIN contents
  /\ \E lost \in BOOLEAN :
       calls' = With(calls, h, [kind |-> kind, disk |-> d, segment |-> s, block |-> b,
                                value |-> v, state |-> "called", lost |-> lost])
  /\ UNCHANGED <<contents, requests, leaving, down>>

Read(h, d, s, b)     == Begin(h, "read", d, s, b, Zero)
Write(h, d, s, b, v) == Begin(h, "write", d, s, b, v)

(* The call takes effect, at once and as a whole. *)
TakeEffect(h) ==
  /\ h \in DOMAIN calls
  /\ calls[h].state = "called"
  /\ calls[h].disk \in DOMAIN contents
  /\ LET c == calls[h] IN
       \/ /\ c.kind = "read"
          /\ calls' = [calls EXCEPT ![h].state = "done",
                                    ![h].value = contents[c.disk][c.segment][c.block]]
          /\ UNCHANGED contents
       \/ /\ c.kind = "write"
          /\ calls' = [calls EXCEPT ![h].state = "done"]
          /\ contents' = [contents EXCEPT ![c.disk][c.segment][c.block] = c.value]
  /\ UNCHANGED <<requests, leaving, down>>

(* The call is over. *)
End(h) == /\ calls' = Without(calls, h)
          /\ UNCHANGED <<contents, requests, leaving, down>>

(* The call returns to the host. *)
Return(h) ==
  /\ h \in DOMAIN calls
  /\ calls[h].state = "done"
  /\ End(h)

(* The call fails, because its disk is going or gone. It has had no effect. *)
Reject(h) ==
  /\ h \in DOMAIN calls
  /\ calls[h].state = "called"
  /\ calls[h].disk \in leaving \/ calls[h].disk \notin DOMAIN contents
  /\ End(h)

(* There is no space for these writes. They have had no effect, and will have none. *)
RunOut(H) ==
  /\ \A h \in H : calls[h].kind = "write" /\ calls[h].state = "called"
  /\ calls' = [h \in DOMAIN calls |-> IF h \in H THEN [calls[h] EXCEPT !.state = "full"] ELSE calls[h]]
  /\ UNCHANGED <<contents, requests, leaving, down>>

(* Such a write returns to the host, as one that has failed. *)
Fail(h) ==
  /\ h \in DOMAIN calls
  /\ calls[h].state = "full"
  /\ End(h)

(* The way that the calls of hosts H took has broken. *)
Lose(H) ==
  /\ H \subseteq DOMAIN calls
  /\ calls' = [h \in DOMAIN calls |-> [calls[h] EXCEPT !.lost = h \in H \/ @]]
  /\ UNCHANGED <<contents, requests, leaving, down>>

(* A call that is lost ends, whether it took effect or not. *)
Abandon(h) ==
  /\ h \in DOMAIN calls
  /\ calls[h].lost
  /\ End(h)

-----------------------------------------------------------------------------
(* A new disk. Nothing was written to it. *)
Create(d) ==
  /\ d \notin DOMAIN contents
  /\ \A g \in DOMAIN requests : d \notin DOMAIN g
  /\ contents' = With(contents, d, [s \in Segments |-> [b \in Blocks |-> Zero]])
  /\ UNCHANGED <<calls, requests, leaving, down>>

(* Snapshots are asked for: g is a function from their new names to the disks they are of. *)
AskSnapshot(g) ==
  /\ g # <<>>
  /\ Range(g) \subseteq DOMAIN contents \ leaving
  /\ \A e \in DOMAIN g : /\ e \notin DOMAIN contents
                         /\ \A x \in DOMAIN requests : e \notin DOMAIN x
  /\ requests' = With(requests, g, "asked")
  /\ UNCHANGED <<contents, calls, leaving, down>>

(* The clones are taken, all of them at once and each as a whole. *)
TakeSnapshot(g) ==
  /\ g \in DOMAIN requests
  /\ requests[g] = "asked"
  /\ contents' = [d \in DOMAIN contents \union DOMAIN g |->
                    IF d \in DOMAIN g THEN contents[g[d]] ELSE contents[d]]
  /\ requests' = [requests EXCEPT ![g] = "taken"]
  /\ UNCHANGED <<calls, leaving, down>>

(* Whoever asked is told that the snapshots exist. *)
AnswerSnapshot(g) ==
  /\ g \in DOMAIN requests
  /\ requests[g] = "taken"
  /\ requests' = Without(requests, g)
  /\ UNCHANGED <<contents, calls, leaving, down>>

AskDeletion(d) ==
  /\ d \in DOMAIN contents \ leaving
  /\ \A g \in DOMAIN requests : d \notin Range(g) \union DOMAIN g
  /\ leaving' = leaving \union {d}
  /\ UNCHANGED <<contents, calls, requests, down>>

(* The disk is no more. *)
Delete(d) ==
  /\ d \in leaving
  /\ contents' = Without(contents, d)
  /\ leaving' = leaving \ {d}
  /\ UNCHANGED <<calls, requests, down>>

(* The service fails. Requests are forgotten, those for a deletion not always. *)
GoDown ==
  /\ ~down
  /\ down' = TRUE
  /\ requests' = <<>>
  /\ leaving' \in SUBSET leaving
  /\ UNCHANGED <<contents, calls>>

ComeBack ==
  /\ down
  /\ down' = FALSE
  /\ UNCHANGED <<contents, calls, requests, leaving>>

-----------------------------------------------------------------------------
(* All that can be asked for: any new names, each for any disk. *)
Cuts == UNION {[E -> Disks] : E \in SUBSET Disks}

CallStep(h) ==
  \/ \E d \in DOMAIN contents, s \in Segments, b \in Blocks :
       \/ Read(h, d, s, b)
       \/ \E v \in Contents : Write(h, d, s, b, v)
  \/ TakeEffect(h)
  \/ Return(h)
  \/ Reject(h)
  \/ Fail(h)
  \/ Abandon(h)

Next ==
  \/ \E h \in Hosts : CallStep(h)
  \/ \E H \in SUBSET DOMAIN calls : RunOut(H)
  \/ \E H \in SUBSET Hosts : Lose(H)
  \/ \E g \in Cuts : AskSnapshot(g)
  \/ \E g \in DOMAIN requests : TakeSnapshot(g) \/ AnswerSnapshot(g)
  \/ \E d \in Disks : Create(d) \/ AskDeletion(d) \/ Delete(d)
  \/ GoDown
  \/ ComeBack

Spec == Init /\ [][Next]_vars

THEOREM Spec => []TypeOK
=============================================================================
