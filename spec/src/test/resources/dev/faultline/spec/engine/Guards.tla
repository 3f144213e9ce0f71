------------------------------- MODULE Guards -------------------------------
(* One action for every way in which a conjunct can be hidden.              *)
EXTENDS Integers, FiniteSets, TLC

VARIABLES x, f, busy, mode

vars == <<x, f, busy, mode>>
Hosts == {"h1", "h2", "h3"}

Init ==
  /\ x = 3
  /\ f = [h \in Hosts |-> [phase |-> "idle", seen |-> {}]]
  /\ busy = {"h1"}
  /\ mode = "open"

Same == UNCHANGED <<f, busy, mode>>

Plain(n) ==
  /\ mode = "open"
  /\ x > n          \* a comment that is no part of the conjunct
  /\ x' = x - n
  /\ Same

InLet(n) ==
  LET twice == 2 * n
      Enough(m) == m >= twice
  IN /\ x' = x + n
     /\ Enough(x)
     /\ Same

Some ==
  \E h \in Hosts \ busy :
    /\ f[h].phase = "idle"
    /\ Cardinality(f[h].seen) > x
    /\ x' = 0
    /\ Same

Nobody == \E h \in {g \in Hosts : f[g].phase = "done"} : x' = 0 /\ Same

All == (\A h \in Hosts : h \in busy) /\ x' = 0 /\ Same

Branch(h) ==
  /\ IF h \in busy
       THEN f[h].seen # {}
       ELSE FALSE
  /\ x' = x
  /\ Same

Cases ==
  /\ CASE mode = "closed" -> TRUE
       [] mode = "open" -> x < 0
       [] OTHER -> FALSE
  /\ x' = x
  /\ Same

Implied == (mode = "open" => x = 0) /\ x' = x /\ Same

Primed(n) ==
  /\ x' = x + n
  /\ f' = [f EXCEPT !["h2"].phase = "started"]
  /\ x' < 5
  /\ UNCHANGED <<busy, mode>>

Twice == x' = 1 /\ x' = 2 /\ Same
Moved == x' = 1 /\ UNCHANGED vars
Either(n) ==
  \/ mode = "closed" /\ x' = 1 /\ Same
  \/ mode = "open" /\ x < n /\ x' = 2 /\ Same
Guarded == (x = 0 \/ mode = "shut") /\ x' = x /\ Same
Outside(h) == f[h].phase = "idle" /\ x' = x /\ Same
Partial == x' = 1 /\ UNCHANGED <<f, busy>>
Chatty == PrintT("hello") /\ x' = x /\ Same
Passed(P) == P /\ x' = x /\ Same
Passing == Passed(x > 3)
Multi ==
  /\ f = [h \in Hosts |->
            [phase |-> "idle", \* here is a comment
             seen |-> {1}]]
  /\ x' = x
  /\ Same

Busy(host) == \E b \in busy : b = host
Free(h) == ~Busy(h) /\ x' = x /\ Same
None == x' \in {y \in 1..5 : y > x + 5} /\ Same
Choice == x' \in 1..9 /\ x' > 8 /\ x' < 9 /\ Same
Wide == (\A i \in 1..20000 : i # 19999) /\ x' = x /\ Same
Angle == <<x' = x /\ Same>>_vars
Known(h) == h \in DOMAIN f /\ x' = x /\ Same
Early == UNCHANGED (x + 1) /\ x' = x /\ Same
Endless == [i \in Nat |-> i][x] = 3 /\ [i \in Nat |-> i] = f /\ x' = x /\ Same
Powers(s) == s \in SUBSET (1..40) /\ x' = x /\ Same
Stutter == [Plain(9)]_x

(* Values that TLC would rather keep unevaluated. *)
Lazy ==
  /\ x' = [i \in {j \in 1..6 : j % 2 = 0} |-> {k \in 1..3 : k < i}]
  /\ f' = LET fact[n \in 0..4] == IF n = 0 THEN 1 ELSE n * fact[n - 1] IN fact
  /\ busy' = SUBSET {1, 2}
  /\ mode' = 1..3

Next == Plain(1) \/ Some \/ \E h \in Hosts \ busy : Outside(h)
Deep(h) == IF x > 0 THEN Cardinality({f[g].phase : g \in {h}}) ELSE 0
=============================================================================
