------------------------------- MODULE Fleet -------------------------------
(* A small system with one of everything that the engine's tests look at.   *)
EXTENDS Rules, Sequences

CONSTANTS Agents, Hosts, Limit

VARIABLES ios,      \* host -> what happens to its write
          owed,     \* what the answer waits for
          mode,     \* agent -> mode
          log, count, clock, leader, epoch, votes, inbox, outbox, flags

vars == <<ios, owed, mode, log, count, clock, leader, epoch, votes, inbox, outbox, flags>>

Idle == [phase |-> "idle", tries |-> 0]

Init ==
  /\ ios = [h \in Hosts |-> Idle]
  /\ owed = [awaits |-> {}, answered |-> FALSE]
  /\ mode = [a \in Agents |-> "up"]
  /\ log = <<>>
  /\ count = 0
  /\ clock = 0
  /\ leader = "none"
  /\ epoch = 1
  /\ votes = {}
  /\ inbox = [h \in Hosts |-> 0]
  /\ outbox = {}
  /\ flags = [ready |-> TRUE, stopping |-> FALSE]

Pending == {h \in Hosts : ios[h].phase = "started"}
Drained(a) == /\ mode[a] = "up"
              /\ owed.awaits = {}
AnswersOnlyWhenDrained(a, c) == c >= 0 /\ Drained(a)

(* Eight conjuncts over twelve variables. *)
Start(a, h) ==
  /\ flags.ready
  /\ mode[a] = "up"
  /\ ios[h].phase = "idle"
  /\ Rule(h, ios[h].tries)
  /\ ios' = [ios EXCEPT ![h].phase = "started", ![h].tries = @ + 1]
  /\ owed' = [owed EXCEPT !.awaits = @ \cup {h}]
  /\ count' = count + 1
  /\ UNCHANGED <<mode, log, clock, leader, epoch, votes, inbox, outbox, flags>>

Perform(h) ==
  /\ ios[h].phase = "started"
  /\ ios' = [ios EXCEPT ![h].phase = "performed"]
  /\ owed' = [owed EXCEPT !.awaits = @ \ {h}]
  /\ UNCHANGED <<mode, log, count, clock, leader, epoch, votes, inbox, outbox, flags>>

Answer(a, c) ==
  /\ count > 0
  /\ AnswersOnlyWhenDrained(a, c)
  /\ owed' = [owed EXCEPT !.answered = TRUE]
  /\ log' = Append(log, a)
  /\ UNCHANGED <<ios, mode, count, clock, leader, epoch, votes, inbox, outbox, flags>>

Work(a) == (\E h \in Hosts : Start(a, h)) \/ (\E h \in Pending : Perform(h))
Next == \E a \in Agents : Work(a) \/ Answer(a, count)
Step == [Next]_vars
Spec == Init /\ [][Next]_vars

Safe == owed.answered => owed.awaits = {}
Twice(n) == 2 * n + count
=============================================================================
