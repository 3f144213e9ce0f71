---- MODULE TwoPhaseCommit ----
(* Participants vote on a transaction, a coordinator decides, over a network that loses messages. When all have learnt
   the decision, the next transaction begins. *)
CONSTANT Participants
VARIABLES coordinator, votes, state, net
vars == <<coordinator, votes, state, net>>

VoteOf(p, yes) == [type |-> "vote", from |-> p, yes |-> yes]
DecisionFor(p, outcome) == [type |-> "decision", to |-> p, outcome |-> outcome]

Init ==
  /\ coordinator = "collecting"
  /\ votes = {}
  /\ state = [p \in Participants |-> "working"]
  /\ net = {}

Vote(p, yes) ==
  /\ state[p] = "working"
  /\ state' = [state EXCEPT ![p] = IF yes THEN "prepared" ELSE "aborted"]
  /\ net' = net \union {VoteOf(p, yes)}
  /\ UNCHANGED <<coordinator, votes>>

(* The coordinator hears of a vote for the transaction. *)
Collect(p) ==
  /\ coordinator = "collecting"
  /\ VoteOf(p, TRUE) \in net
  /\ votes' = votes \union {p}
  /\ net' = net \ {VoteOf(p, TRUE)}
  /\ UNCHANGED <<coordinator, state>>

CommitsOnlyWhenAllVoted(outcome) == outcome = "committed" => votes = Participants

Decide(outcome) ==
  /\ coordinator = "collecting"
  /\ CommitsOnlyWhenAllVoted(outcome)
  /\ coordinator' = outcome
  /\ net' = net \union {DecisionFor(p, outcome) : p \in Participants}
  /\ UNCHANGED <<votes, state>>

(* The decision is sent again: it may have been lost. *)
Tell(p) ==
  /\ coordinator # "collecting"
  /\ net' = net \union {DecisionFor(p, coordinator)}
  /\ UNCHANGED <<coordinator, votes, state>>

Learn(p, outcome) ==
  /\ DecisionFor(p, outcome) \in net
  /\ state' = [state EXCEPT ![p] = outcome]
  /\ net' = net \ {DecisionFor(p, outcome)}
  /\ UNCHANGED <<coordinator, votes>>

Lose(m) ==
  /\ m \in net
  /\ net' = net \ {m}
  /\ UNCHANGED <<coordinator, votes, state>>

Begin ==
  /\ \A p \in Participants : state[p] = coordinator
  /\ coordinator' = "collecting"
  /\ votes' = {}
  /\ state' = [p \in Participants |-> "working"]
  /\ net' = {}

Next ==
  \/ \E p \in Participants : Collect(p) \/ Tell(p) \/ \E yes \in BOOLEAN : Vote(p, yes)
  \/ \E outcome \in {"committed", "aborted"} : Decide(outcome) \/ \E p \in Participants : Learn(p, outcome)
  \/ \E m \in net : Lose(m)
  \/ Begin

Consistent == \A p, q \in Participants : ~(state[p] = "committed" /\ state[q] = "aborted")
====
