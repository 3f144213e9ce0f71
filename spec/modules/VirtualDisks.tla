------------------------------ MODULE VirtualDisks ------------------------------
(***************************************************************************)
(* What hosts may see of Faultline, and nothing of how it is done.         *)
(*                                                                         *)
(* A virtual disk is an array of blocks, grouped in segments. Every disk   *)
(* is linearizable: a call takes effect at one instant between its         *)
(* beginning and its return. Snapshots that are asked for together are one *)
(* atomic clone of all their disks, at one instant between request and     *)
(* answer (P14.17, P15.15). A disk is deleted at one instant, too.         *)
(*                                                                         *)
(* What a disk holds is durable when a flush has taken effect. When power  *)
(* is lost, each block holds what the last flush covered, or something     *)
(* written later, and every way to storage breaks. So who writes and then  *)
(* flushes, by one way, knows what is durable when the flush is answered;  *)
(* who flushes by another has to know that the first one has not broken.   *)
(* A snapshot is of what a disk holds, and durable from the instant at     *)
(* which it is taken.                                                      *)
(*                                                                         *)
(* There are no agents, tables, locations or messages here: module Mapping *)
(* adds them, and MappingProperties states that it refines this module.    *)
(***************************************************************************)
EXTENDS Integers

CONSTANTS
  Hosts,       \* threads of I/O; each has at most one call under way
  Disks,       \* names that disks and snapshots may have
  Segments,    \* the segments of every disk
  Blocks,      \* the blocks of every segment
  Contents,    \* what a block may hold
  FirstDisks,  \* the disks that exist in the beginning
  Ways,        \* names of ways from hosts to storage
  FirstWays,   \* those that are whole in the beginning
  Zero         \* what every block holds in the beginning

VARIABLES
  contents,    \* contents[d][s][b], for each disk d that exists
  older,       \* <<d, s, b, v>>: block b may hold v instead when power is lost
  ways,        \* the ways that are whole
  broken,      \* the ways that have broken: none of them is whole again
  calls,       \* calls[h]: the call that host h has under way, if any
  requests,    \* requests[g]: the snapshots that are being made as g asks, see AskSnapshot
  leaving,     \* the disks that are being deleted
  down         \* whether the service that makes snapshots and deletes disks is down

vars == <<contents, older, ways, broken, calls, requests, leaving, down>>

(***************************************************************************)
(* A call is "called" until it takes effect and "done" from then until it  *)
(* returns; or it is "full" from when there is no space for it. The value  *)
(* of a read is Zero before it takes effect. A call is lost when the way   *)
(* to storage that it took has broken: it may still take effect, once, or  *)
(* never, and need not return. A flush is of a whole disk.                 *)
(***************************************************************************)
Nowhere == -1

Call == [kind : {"read", "write", "flush"}, disk : Disks, segment : Segments \union {Nowhere},
         block : Blocks \union {Nowhere}, value : Contents, state : {"called", "done", "full"}, way : Ways]

(* A request is "asked" until the clones are taken, "taken" until it is answered. *)
RequestStates == {"asked", "taken"}

TypeOK ==
  /\ DOMAIN contents \subseteq Disks
  /\ \A d \in DOMAIN contents : contents[d] \in [Segments -> [Blocks -> Contents]]
  /\ older \subseteq (DOMAIN contents) \X Segments \X Blocks \X Contents
  /\ ways \subseteq Ways
  /\ broken \subseteq Ways \ ways
  /\ DOMAIN calls \subseteq Hosts
  /\ \A h \in DOMAIN calls : calls[h] \in Call
  /\ \A g \in DOMAIN requests : /\ DOMAIN g \subseteq Disks
                                /\ requests[g] \in RequestStates
  /\ leaving \subseteq DOMAIN contents
  /\ down \in BOOLEAN

Init ==
  /\ contents = [d \in FirstDisks |-> [s \in Segments |-> [b \in Blocks |-> Zero]]]
  /\ older = {}
  /\ ways = FirstWays
  /\ broken = {}
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
  /\ \E w \in Ways :
       calls' = With(calls, h, [kind |-> kind, disk |-> d, segment |-> s, block |-> b,
                                value |-> v, state |-> "called", way |-> w])
  /\ UNCHANGED <<contents, older, ways, broken, requests, leaving, down>>

Read(h, d, s, b)     == Begin(h, "read", d, s, b, Zero)
Write(h, d, s, b, v) == Begin(h, "write", d, s, b, v)
Flush(h, d)          == Begin(h, "flush", d, Nowhere, Nowhere, Zero)

(* What may be left of old contents when block b of segment s of disk d gets value v. What was there
   before is durable sooner or later, or never. *)
OlderAfter(d, s, b, v) ==
  SUBSET {t \in older \union {<<d, s, b, contents[d][s][b]>>} : t # <<d, s, b, v>>}

(* The call takes effect, at once and as a whole. *)
TakeEffect(h) ==
  /\ h \in DOMAIN calls
  /\ calls[h].state = "called"
  /\ LET c == calls[h] IN
       \/ /\ c.kind = "read"
          /\ c.disk \in DOMAIN contents
          /\ calls' = [calls EXCEPT ![h].state = "done",
                                    ![h].value = contents[c.disk][c.segment][c.block]]
          /\ UNCHANGED <<contents, older>>
       \/ /\ c.kind = "write"
          /\ c.disk \in DOMAIN contents
          /\ calls' = [calls EXCEPT ![h].state = "done"]
          /\ contents' = [contents EXCEPT ![c.disk][c.segment][c.block] = c.value]
          /\ older' \in OlderAfter(c.disk, c.segment, c.block, c.value)
       \/ /\ c.kind = "flush"
          /\ c.way \in ways
          /\ calls' = [calls EXCEPT ![h].state = "done"]
          /\ older' \in SUBSET {t \in older : t[1] # c.disk}
          /\ UNCHANGED contents
  /\ UNCHANGED <<ways, broken, requests, leaving, down>>

(* The call is over. *)
End(h) == /\ calls' = Without(calls, h)
          /\ UNCHANGED <<contents, older, ways, broken, requests, leaving, down>>

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
  /\ UNCHANGED <<contents, older, ways, broken, requests, leaving, down>>

(* Such a write returns to the host, as one that has failed. *)
Fail(h) ==
  /\ h \in DOMAIN calls
  /\ calls[h].state = "full"
  /\ End(h)

(* A call that is lost ends, whether it took effect or not. *)
Abandon(h) ==
  /\ h \in DOMAIN calls
  /\ calls[h].way \notin ways
  /\ End(h)

-----------------------------------------------------------------------------
(* A way breaks. *)
Break(w) ==
  /\ w \in ways
  /\ ways' = ways \ {w}
  /\ broken' = broken \union {w}
  /\ UNCHANGED <<contents, older, calls, requests, leaving, down>>

(* There is a new way. *)
Make(w) ==
  /\ w \notin ways \union broken
  /\ ways' = ways \union {w}
  /\ UNCHANGED <<contents, older, broken, calls, requests, leaving, down>>

(* Something becomes durable though nobody asked for it. *)
Settle ==
  /\ older' \in SUBSET older
  /\ UNCHANGED <<contents, ways, broken, calls, requests, leaving, down>>

(* What disks may hold when power has been lost. *)
AfterLoss ==
  {f \in [DOMAIN contents -> [Segments -> [Blocks -> Contents]]] :
     \A d \in DOMAIN contents, s \in Segments, b \in Blocks :
       f[d][s][b] = contents[d][s][b] \/ <<d, s, b, f[d][s][b]>> \in older}

(* Storage loses power. Hosts are told so: every way breaks, for good, and no flush through it takes
   effect any more. *)
LosePower ==
  /\ contents' \in AfterLoss
  /\ older' = {}
  /\ ways' = {}
  /\ broken' = broken \union ways
  /\ UNCHANGED <<calls, requests, leaving, down>>

-----------------------------------------------------------------------------
(* A new disk. Nothing was written to it. *)
Create(d) ==
  /\ d \notin DOMAIN contents
  /\ \A g \in DOMAIN requests : d \notin DOMAIN g
  /\ contents' = With(contents, d, [s \in Segments |-> [b \in Blocks |-> Zero]])
  /\ UNCHANGED <<older, ways, broken, calls, requests, leaving, down>>

(* Snapshots are asked for: g is a function from their new names to the disks they are of. *)
AskSnapshot(g) ==
  /\ g # <<>>
  /\ Range(g) \subseteq DOMAIN contents \ leaving
  /\ \A e \in DOMAIN g : /\ e \notin DOMAIN contents
                         /\ \A x \in DOMAIN requests : e \notin DOMAIN x
  /\ requests' = With(requests, g, "asked")
  /\ UNCHANGED <<contents, older, ways, broken, calls, leaving, down>>

(* The clones are taken, all of them at once and each as a whole. They are durable: nothing older is
   left of them. *)
TakeSnapshot(g) ==
  /\ g \in DOMAIN requests
  /\ requests[g] = "asked"
  /\ contents' = [d \in DOMAIN contents \union DOMAIN g |->
                    IF d \in DOMAIN g THEN contents[g[d]] ELSE contents[d]]
  /\ requests' = [requests EXCEPT ![g] = "taken"]
  /\ UNCHANGED <<older, ways, broken, calls, leaving, down>>

(* Whoever asked is told that the snapshots exist. *)
AnswerSnapshot(g) ==
  /\ g \in DOMAIN requests
  /\ requests[g] = "taken"
  /\ requests' = Without(requests, g)
  /\ UNCHANGED <<contents, older, ways, broken, calls, leaving, down>>

AskDeletion(d) ==
  /\ d \in DOMAIN contents \ leaving
  /\ \A g \in DOMAIN requests : d \notin Range(g) \union DOMAIN g
  /\ leaving' = leaving \union {d}
  /\ UNCHANGED <<contents, older, ways, broken, calls, requests, down>>

(* The disk is no more. *)
Delete(d) ==
  /\ d \in leaving
  /\ contents' = Without(contents, d)
  /\ older' = {t \in older : t[1] # d}
  /\ leaving' = leaving \ {d}
  /\ UNCHANGED <<ways, broken, calls, requests, down>>

(* The service fails. Requests are forgotten, those for a deletion not always. *)
GoDown ==
  /\ ~down
  /\ down' = TRUE
  /\ requests' = <<>>
  /\ leaving' \in SUBSET leaving
  /\ UNCHANGED <<contents, older, ways, broken, calls>>

ComeBack ==
  /\ down
  /\ down' = FALSE
  /\ UNCHANGED <<contents, older, ways, broken, calls, requests, leaving>>

-----------------------------------------------------------------------------
(* All that can be asked for: any new names, each for any disk. *)
Cuts == UNION {[E -> Disks] : E \in SUBSET Disks}

CallStep(h) ==
  \/ \E d \in DOMAIN contents, s \in Segments, b \in Blocks :
       \/ Read(h, d, s, b)
       \/ \E v \in Contents : Write(h, d, s, b, v)
  \/ \E d \in DOMAIN contents : Flush(h, d)
  \/ TakeEffect(h)
  \/ Return(h)
  \/ Reject(h)
  \/ Fail(h)
  \/ Abandon(h)

Next ==
  \/ \E h \in Hosts : CallStep(h)
  \/ \E H \in SUBSET DOMAIN calls : RunOut(H)
  \/ \E w \in Ways : Break(w) \/ Make(w)
  \/ Settle
  \/ LosePower
  \/ \E g \in Cuts : AskSnapshot(g)
  \/ \E g \in DOMAIN requests : TakeSnapshot(g) \/ AnswerSnapshot(g)
  \/ \E d \in Disks : Create(d) \/ AskDeletion(d) \/ Delete(d)
  \/ GoDown
  \/ ComeBack

Spec == Init /\ [][Next]_vars

THEOREM Spec => []TypeOK
=============================================================================
