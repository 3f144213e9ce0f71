------------------------------- MODULE Turns --------------------------------
(* A next-state relation that leads to its actions in all the ways there are. *)
EXTENDS Naturals, Sequences
VARIABLES x, low, high, last

Low == INSTANCE Lift WITH Floors <- {0, 1}, at <- low
High == INSTANCE Lift WITH Floors <- {7, 8, 9}, at <- high
Lifts(top) == INSTANCE Lifts WITH Top <- top, at <- low

Init == x = 0 /\ low = 0 /\ high = 7 /\ last = "none"
Rest == UNCHANGED <<low, high, last>>

Add(n) == x' = x + n /\ Rest
Set(n) == x' = n                            \* says nothing of the others
Pair(a, b) == x' = a + b /\ Rest
Any(n) == x' = n /\ Rest
Odd(n) == x' = n /\ Rest
Even(n) == x' = n /\ Rest
Never(n) == x' = n /\ Rest
Twice(n) == x' = 2 * n /\ Rest
Down(n) == x' = x - n /\ Rest
Shut(n) == x' = n
Open(n) == x' = n
Both(A(_), n) == n < 3 /\ A(n)
RECURSIVE Deep(_)
Deep(n) == IF n = 0 THEN Never(1) ELSE Deep(n - 1)

Through(n) == Add(n)
Guarded(n) == /\ x < 100
              /\ Set(n)
              /\ Rest
Doors == /\ x < 100                          \* whatever Open does, Shut would do
         /\ \/ \E n \in 1..3 : x = 50 /\ Shut(n)
            \/ \E n \in 1..3 : Open(n)
         /\ Rest
Parity == \E n \in 1..4 : IF n % 2 = 1 THEN Odd(n) ELSE Even(n)

Next ==
  \/ \E n \in 1..3 : Through(n)
  \/ \E n \in 1..3 : Guarded(n)
  \/ \E <<a, b>> \in {<<1, 2>>, <<3, 4>>} : Pair(a, b)
  \/ \E n \in Nat : Any(n)
  \/ Parity
  \/ Doors
  \/ \E n \in {2, 5} : Both(Twice, n)
  \/ LET most == x IN \E n \in 1..most : Down(n)
  \/ Low!Move /\ UNCHANGED <<x, high, last>>
  \/ High!Move /\ UNCHANGED <<x, low, last>>
  \/ Deep(2)
  \/ \E top \in {20, 30} : Lifts(top)!Move /\ UNCHANGED <<x, high, last>>
  \/ \E tens \in {7, 8} : Lifts(10 * tens)!Move /\ UNCHANGED <<x, high, last>>
Spec == Init /\ [][Next]_<<x, low, high, last>>
=============================================================================
